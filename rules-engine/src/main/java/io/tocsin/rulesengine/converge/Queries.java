package io.tocsin.rulesengine.converge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** PromQL that shows what an evidence speaks of. Its metrics are those that the engine makes of spans and resources. */
final class Queries {

    private static final String EXPR = "g0.expr=";
    private static final int CALLERS = 10;

    private Queries() {}

    /** The expression of an alert's rule, as its link says it; "" when it has none. */
    static String of(Fact.Change alert) {
        String url = alert.generatorUrl();
        int at = url.indexOf(EXPR);
        if (at < 0) {
            return "";
        }
        int end = url.indexOf('&', at);
        return URLDecoder.decode(
                url.substring(at + EXPR.length(), end < 0 ? url.length() : end), StandardCharsets.UTF_8);
    }

    /** What these elements see of their calls. */
    static String callsOf(Collection<String> callers) {
        return "sum by (service_name, span_name, status_code) (rate(traces_span_metrics_calls_total{service_name=~\""
                + callers.stream().limit(CALLERS).map(Queries::literal).collect(Collectors.joining("|"))
                + "\", span_kind=\"SPAN_KIND_CLIENT\"}[1m]))";
    }

    /** How long calls of a service take it. */
    static String latencyOf(String service) {
        return "sum by (span_name) (rate(traces_span_metrics_duration_milliseconds_sum{service_name=\""
                + quoted(service)
                + "\", span_kind=\"SPAN_KIND_SERVER\"}[1m])) / sum by (span_name) "
                + "(rate(traces_span_metrics_duration_milliseconds_count{service_name=\"" + quoted(service)
                + "\", span_kind=\"SPAN_KIND_SERVER\"}[1m]))";
    }

    /** Which versions of a service report. */
    static String versionsOf(String service) {
        return "count by (service_version) (target_info{service_name=\"" + quoted(service) + "\"})";
    }

    /** What runs on a node. */
    static String on(String node) {
        String name = quoted(node);
        return "count by (service_name) (target_info{host_name=\"" + name + "\"} or target_info{k8s_node_name=\"" + name
                + "\"})";
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** A value as a regular expression inside a PromQL string. */
    private static String literal(String value) {
        return quoted(value.replaceAll("([\\\\.+*?()|\\[\\]{}^$])", "\\\\$1"));
    }
}
