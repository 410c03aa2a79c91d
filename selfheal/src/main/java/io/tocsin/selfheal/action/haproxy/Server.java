package io.tocsin.selfheal.action.haproxy;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A server of a backend, as HAProxy has it now.
 *
 * @param admin bits of the administrative state: see {@code show servers state} in HAProxy's management guide
 * @param weight in force
 * @param configured weight that a percentage is of
 * @param sessions that it serves now
 */
record Server(int admin, int weight, int configured, int sessions) {

    /** Maintenance that was asked for, not inherited. */
    private static final int FORCED_MAINTENANCE = 0x01;

    private static final int FORCED_DRAIN = 0x08;
    private static final int ANY_MAINTENANCE_OR_DRAIN = 0x3f;

    boolean inMaintenance() {
        return (admin & FORCED_MAINTENANCE) != 0;
    }

    boolean drains() {
        return (admin & FORCED_DRAIN) != 0 && !inMaintenance();
    }

    boolean ready() {
        return (admin & ANY_MAINTENANCE_OR_DRAIN) == 0;
    }

    boolean weighs(int percent) {
        return weight == share(percent);
    }

    /** The weight that a percentage is, which HAProxy rounds down. */
    int share(int percent) {
        return configured * percent / 100;
    }

    String text() {
        String state =
                inMaintenance() ? "in maintenance" : drains() ? "draining" : ready() ? "ready" : "inherits its state";
        return state + ", weight " + weight + " of " + configured + ", " + sessions + " sessions";
    }

    /**
     * Reads {@code show servers state BACKEND} and {@code show stat}.
     *
     * @throws Trouble when the backend has no such server, or the answers are not HAProxy's
     */
    static Server read(String backend, String server, String states, String statistics) throws Trouble {
        List<String> row = row(states, "\\s+", "be_name", backend, "srv_name", server)
                .orElseThrow(() -> new Trouble(End.ABSENT, "haproxy has no server " + backend + "/" + server));
        List<String> names = header(states, "\\s+");
        List<String> used = row(statistics, ",", "pxname", backend, "svname", server)
                .orElseThrow(() -> new Trouble(End.FAILED, "haproxy counts no sessions of " + backend + "/" + server));
        try {
            return new Server(
                    number(names, row, "srv_admin_state"),
                    number(names, row, "srv_uweight"),
                    number(names, row, "srv_iweight"),
                    number(header(statistics, ","), used, "scur"));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new Trouble(End.FAILED, "haproxy does not describe the server as it should", e);
        }
    }

    private static int number(List<String> names, List<String> row, String column) {
        return Integer.parseInt(row.get(names.indexOf(column)));
    }

    private static List<String> header(String table, String separator) {
        return table.lines()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .map(line -> Arrays.asList(line.substring(2).split(separator, -1)))
                .orElse(List.of());
    }

    private static Optional<List<String>> row(
            String table, String separator, String firstColumn, String first, String secondColumn, String second) {
        List<String> names = header(table, separator);
        int one = names.indexOf(firstColumn);
        int other = names.indexOf(secondColumn);
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.asList(line.split(separator, -1)))
                .filter(row -> one >= 0 && other >= 0 && row.size() > Math.max(one, other))
                .filter(row -> row.get(one).equals(first) && row.get(other).equals(second))
                .findFirst();
    }
}
