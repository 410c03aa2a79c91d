package io.tocsin.collector.probe;

import io.tocsin.collector.probe.Verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What was seen as gauges, by the names of the Prometheus blackbox exporter.
 *
 * @see <a href="https://github.com/prometheus/blackbox_exporter">the exporter</a>
 */
public final class Findings {

    /** The phases of a request over HTTP. */
    public static final List<String> HTTP_PHASES = List.of("resolve", "connect", "tls", "processing", "transfer");

    private static final List<String> SERVING = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    private Findings() {}

    /** The gauges of what was seen. */
    public static List<Gauge> of(Seen seen, Verdict verdict) {
        List<Gauge> gauges = new ArrayList<>();
        switch (seen) {
            case Seen.Http http -> http(http, verdict, gauges);
            case Seen.Tcp tcp -> {
                reached(tcp.reached(), gauges);
                gauges.add(Gauge.of("probe_failed_due_to_regex", failed(verdict, Reason.RESPONSE)));
                tcp.tls().ifPresent(tls -> tls(tls, gauges));
            }
            case Seen.Dns dns -> dns(dns, gauges);
            case Seen.Grpc grpc -> grpc(grpc, gauges);
            case Seen.Icmp icmp -> {
                reached(icmp.reached(), gauges);
                phase("probe_icmp_duration_seconds", "resolve", icmp.reached().lookup(), gauges);
                phase("probe_icmp_duration_seconds", "rtt", icmp.roundTrip(), gauges);
                icmp.hopLimit().ifPresent(hops -> gauges.add(Gauge.of("probe_icmp_reply_hop_limit", hops)));
            }
            case Seen.Journey journey -> journey(journey, verdict, gauges);
        }
        return gauges;
    }

    private static void http(Seen.Http seen, Verdict verdict, List<Gauge> gauges) {
        reached(seen.reached(), gauges);
        HTTP_PHASES.forEach(name ->
                phase("probe_http_duration_seconds", name, seen.phases().getOrDefault(name, Duration.ZERO), gauges));
        gauges.add(Gauge.of("probe_http_status_code", seen.status()));
        gauges.add(Gauge.of("probe_http_version", seen.version()));
        gauges.add(Gauge.of("probe_http_content_length", seen.contentLength()));
        gauges.add(Gauge.of("probe_http_uncompressed_body_length", seen.bodyBytes()));
        gauges.add(Gauge.of("probe_http_redirects", seen.redirects()));
        gauges.add(Gauge.of("probe_http_ssl", seen.tls().isPresent()));
        gauges.add(
                Gauge.of("probe_failed_due_to_regex", failed(verdict, Reason.BODY) || failed(verdict, Reason.HEADER)));
        seen.lastModified()
                .ifPresent(
                        at -> gauges.add(Gauge.of("probe_http_last_modified_timestamp_seconds", at.getEpochSecond())));
        seen.tls().ifPresent(tls -> tls(tls, gauges));
    }

    private static void dns(Seen.Dns seen, List<Gauge> gauges) {
        reached(seen.reached(), gauges);
        phase("probe_dns_duration_seconds", "resolve", seen.reached().lookup(), gauges);
        phase("probe_dns_duration_seconds", "request", seen.request(), gauges);
        gauges.add(Gauge.of("probe_dns_query_succeeded", !seen.code().isEmpty()));
        gauges.add(Gauge.of("probe_dns_answer_rrs", seen.answers().size()));
        gauges.add(Gauge.of("probe_dns_authority_rrs", seen.authority()));
        gauges.add(Gauge.of("probe_dns_additional_rrs", seen.additional()));
        seen.serial().ifPresent(serial -> gauges.add(Gauge.of("probe_dns_serial", serial)));
    }

    private static void grpc(Seen.Grpc seen, List<Gauge> gauges) {
        reached(seen.reached(), gauges);
        phase("probe_grpc_duration_seconds", "resolve", seen.reached().lookup(), gauges);
        phase("probe_grpc_duration_seconds", "check", seen.check(), gauges);
        gauges.add(Gauge.of("probe_grpc_status_code", seen.status()));
        gauges.add(Gauge.of("probe_grpc_ssl", seen.tls().isPresent()));
        SERVING.forEach(status -> gauges.add(Gauge.of(
                "probe_grpc_healthcheck_response", "serving_status", status, status.equals(seen.serving()) ? 1 : 0)));
        seen.tls().ifPresent(tls -> tls(tls, gauges));
    }

    /** The exporter has no journeys: per step its time and whether it passed; the certificate that ends first. */
    private static void journey(Seen.Journey seen, Verdict verdict, List<Gauge> gauges) {
        for (Seen.Step step : seen.steps()) {
            gauges.add(Gauge.of("probe_journey_step_duration_seconds", "step", step.name(), seconds(step.took())));
            gauges.add(Gauge.of("probe_journey_step_success", "step", step.name(), step.passed() ? 1 : 0));
            gauges.add(Gauge.of(
                    "probe_journey_step_status_code",
                    "step",
                    step.name(),
                    step.http().status()));
        }
        gauges.add(Gauge.of("probe_failed_due_to_regex", failed(verdict, Reason.BODY)));
        seen.steps().stream()
                .flatMap(step -> step.http().tls().stream())
                .min((a, b) -> a.earliestExpiry().compareTo(b.earliestExpiry()))
                .ifPresent(tls -> gauges.add(Gauge.of(
                        "probe_ssl_earliest_cert_expiry", tls.earliestExpiry().getEpochSecond())));
    }

    private static void reached(Seen.Reached reached, List<Gauge> gauges) {
        gauges.add(Gauge.of("probe_dns_lookup_time_seconds", seconds(reached.lookup())));
        gauges.add(Gauge.of("probe_ip_protocol", reached.ipProtocol()));
    }

    private static void tls(Seen.Tls tls, List<Gauge> gauges) {
        gauges.add(
                Gauge.of("probe_ssl_earliest_cert_expiry", tls.earliestExpiry().getEpochSecond()));
        NavigableMap<String, String> leaf = new TreeMap<>(Map.of(
                "fingerprint_sha256", tls.leaf().fingerprintSha256(),
                "subject", tls.leaf().subject(),
                "issuer", tls.leaf().issuer(),
                "subjectalternative", tls.leaf().alternativeNames(),
                "serialnumber", tls.leaf().serial()));
        gauges.add(new Gauge("probe_ssl_last_chain_info", leaf, 1));
        if (!tls.version().isEmpty()) {
            gauges.add(Gauge.of("probe_tls_version_info", "version", tls.version(), 1));
            gauges.add(Gauge.of("probe_tls_cipher_info", "cipher", tls.cipher(), 1));
        }
    }

    private static void phase(String name, String phase, Duration took, List<Gauge> gauges) {
        gauges.add(Gauge.of(name, "phase", phase, seconds(took)));
    }

    private static boolean failed(Verdict verdict, Reason reason) {
        return verdict instanceof Verdict.Failed failed && failed.reason() == reason;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
