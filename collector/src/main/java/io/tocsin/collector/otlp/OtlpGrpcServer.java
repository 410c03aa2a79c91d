package io.tocsin.collector.otlp;

import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.annotation.Context;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.access.Access;
import io.tocsin.collector.access.GrpcTls;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.answer.RetryDelay;
import io.tocsin.collector.connection.ConnectionBudget;
import io.tocsin.collector.connection.ConnectionSettings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. Requests are taken as bytes: they are split, not decoded and encoded again. */
@Context
public final class OtlpGrpcServer {

    static final String NO_PROFILES =
            "profiles are in development in OTLP and are not taken here; send metrics, traces and logs";

    private static final String PROFILES = "opentelemetry.proto.collector.profiles.v1development.ProfilesService";
    private static final int STOP_SECONDS = 5;
    private static final int MOST_METADATA_BYTES = 16 << 10;

    private final Reception reception;
    private final Server server;

    OtlpGrpcServer(
            Reception reception,
            CollectorSettings settings,
            ConnectionSettings connections,
            ConnectionBudget budget,
            CollectorMetrics metrics,
            Access access,
            GrpcTls tls) {
        this.reception = reception;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.host(), settings.grpcPort()), tls.credentials())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .decompressorRegistry(DecompressorRegistry.getDefaultInstance().with(new ZstdCodec(), true))
                .maxInboundMessageSize(settings.maxRequestBytes())
                .maxInboundMetadataSize(MOST_METADATA_BYTES)
                .maxConcurrentCallsPerConnection(connections.maxStreams())
                .keepAliveTime(connections.keepalive().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(connections.keepaliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(connections.permitKeepalive().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionIdle(connections.idle().toNanos(), TimeUnit.NANOSECONDS)
                .addStreamTracerFactory(new EarlyRefusals.Factory(metrics, budget))
                .intercept(new CallGuard(access, connections.requestTimeout(), metrics));
        for (Signal signal : Signal.values()) {
            builder.addService(service(signal));
        }
        builder.addService(profiles(metrics));
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("OTLP over gRPC cannot listen on port " + settings.grpcPort(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    private ServerServiceDefinition service(Signal signal) {
        return ServerServiceDefinition.builder(signal.grpcService())
                .addMethod(
                        export(signal.grpcService()),
                        ServerCalls.asyncUnaryCall((request, answer) -> export(signal, request, answer)))
                .build();
    }

    private static ServerServiceDefinition profiles(CollectorMetrics metrics) {
        return ServerServiceDefinition.builder(PROFILES)
                .addMethod(export(PROFILES), ServerCalls.asyncUnaryCall((Received _, StreamObserver<byte[]> answer) -> {
                    EarlyRefusals.reached();
                    metrics.refusedUnknown(Refusal.Reason.UNIMPLEMENTED);
                    answer.onError(error(new Refusal(Refusal.Reason.UNIMPLEMENTED, NO_PROFILES)));
                }))
                .build();
    }

    private static MethodDescriptor<Received, byte[]> export(String service) {
        return MethodDescriptor.<Received, byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "Export"))
                .setRequestMarshaller(Received.MARSHALLER)
                .setResponseMarshaller(Bytes.MARSHALLER)
                .build();
    }

    private void export(Signal signal, Received request, StreamObserver<byte[]> answer) {
        EarlyRefusals.reached();
        switch (request) {
            case Received.Whole whole -> export(signal, whole.bytes(), answer);
            case Received.Broken broken -> answer.onError(error(reception.counted(signal, broken.refusal())));
        }
    }

    private void export(Signal signal, byte[] request, StreamObserver<byte[]> answer) {
        var _ = reception.receive(signal, request, CallGuard.sender()).whenComplete((outcome, failure) -> {
            if (failure == null) {
                answer.onNext(outcome.response().toByteArray());
                answer.onCompleted();
            } else {
                answer.onError(error(failure));
            }
        });
    }

    static StatusRuntimeException error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Refusal refusal
                ? StatusProto.toStatusRuntimeException(
                        refusal.status(RetryDelay.jittered(refusal.retryAfter(), ThreadLocalRandom.current())))
                : Status.INTERNAL.withCause(cause).asRuntimeException();
    }

    @PreDestroy
    void close() throws InterruptedException {
        server.shutdown();
        if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            server.shutdownNow();
        }
    }
}
