package io.tocsin.rulesengine.spans;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.v1.HalfEdge;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The sides of calls that one resource's spans show. A client span stands for the caller; a server span with a parent
 * for the callee, under its parent's id: so both sides of one call carry the same id.
 */
final class HalfEdges {

    // The service graph connector's order, then where the peer is at all.
    private static final List<String> PEER_ATTRIBUTES = List.of(
            "peer.service",
            "db.namespace",
            "db.name",
            "db.system.name",
            "db.system",
            "messaging.destination.name",
            "server.address",
            "net.peer.name");

    private final String environment;
    private final String service;
    private final String node;
    private final long arrivalMs;

    HalfEdges(Resource resource, long arrivalMs) {
        List<KeyValue> attributes = resource.getAttributesList();
        this.environment = first(
                Environments.DEFAULT,
                TargetIdentity.text(attributes, "deployment.environment.name"),
                TargetIdentity.text(attributes, "deployment.environment"));
        this.service = first("unknown_service", TargetIdentity.text(attributes, "service.name"));
        this.node = first(
                "", TargetIdentity.text(attributes, "k8s.node.name"), TargetIdentity.text(attributes, "host.name"));
        this.arrivalMs = arrivalMs;
    }

    Optional<HalfEdge> of(Span span) {
        return switch (span.getKind()) {
            case SPAN_KIND_CLIENT, SPAN_KIND_PRODUCER ->
                Optional.of(side(span, HalfEdge.Side.CLIENT, span.getSpanId())
                        .setPeer(peer(span))
                        .build());
            case SPAN_KIND_SERVER, SPAN_KIND_CONSUMER ->
                span.getParentSpanId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(side(span, HalfEdge.Side.SERVER, span.getParentSpanId())
                                .build());
            case SPAN_KIND_INTERNAL, SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private HalfEdge.Builder side(Span span, HalfEdge.Side side, ByteString clientSpanId) {
        return HalfEdge.newBuilder()
                .setEnvironment(environment)
                .setTraceId(hex(span.getTraceId()))
                .setClientSpanId(hex(clientSpanId))
                .setSide(side)
                .setService(service)
                .setDurationNs(durationNs(span))
                .setFailed(span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                .setArrivalMs(arrivalMs)
                .setNode(node);
    }

    /** Never negative: clocks are set back while spans run. */
    static long durationNs(Span span) {
        return Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    }

    private static String peer(Span span) {
        return first(
                "",
                PEER_ATTRIBUTES.stream()
                        .map(name -> TargetIdentity.text(span.getAttributesList(), name))
                        .toArray(String[]::new));
    }

    private static String first(String otherwise, String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return otherwise;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
