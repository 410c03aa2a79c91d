package io.tocsin.standalone.up;

import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.cli.UserError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which port serves what, all on loopback.
 *
 * @param grpc OTLP over gRPC
 * @param http OTLP over HTTP
 * @param query the Prometheus query API of the rules engine
 * @param alertmanager Alertmanager's API v2, by the notifier
 * @param heal the self-healing API
 * @param console the console's pages
 * @param kafka the embedded broker
 * @param postgres the embedded PostgreSQL
 * @param demo the demo's control; its three services take the ports after it
 */
public record Ports(
        int grpc, int http, int query, int alertmanager, int heal, int console, int kafka, int postgres, int demo) {

    /** What everything listens on unless told otherwise. */
    public static final Ports DEFAULT = new Ports(4317, 4318, 9090, 9093, 9095, 8080, 19092, 15432, 8090);

    /** All ports moved by {@code offset}. */
    public Ports shifted(int offset) {
        return new Ports(
                grpc + offset,
                http + offset,
                query + offset,
                alertmanager + offset,
                heal + offset,
                console + offset,
                kafka + offset,
                postgres + offset,
                demo + offset);
    }

    /** Names as in the documentation, with the port of each. */
    public Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("otlp-grpc", grpc);
        ports.put("otlp-http", http);
        ports.put("query", query);
        ports.put("alertmanager", alertmanager);
        ports.put("heal", heal);
        ports.put("console", console);
        ports.put("kafka", kafka);
        ports.put("postgres", postgres);
        ports.put("demo", demo);
        return ports;
    }

    /**
     * Ports of the loopback interface that were free a moment ago; the demo's are four in a row.
     *
     * @throws UserError when there are no four in a row
     */
    public static Ports free() {
        int[] free = IntStream.generate(FreePorts::next).distinct().limit(8).toArray();
        int demo = IntStream.generate(FreePorts::next)
                .limit(50)
                .filter(first -> first < 65_000
                        && IntStream.range(first, first + 4).allMatch(FreePorts::isFree)
                        && IntStream.of(free).noneMatch(port -> port >= first && port < first + 4))
                .findFirst()
                .orElseThrow(() -> new UserError("no four free ports in a row on loopback"));
        return new Ports(free[0], free[1], free[2], free[3], free[4], free[5], free[6], free[7], demo);
    }
}
