package io.tocsin.dashboards;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards that Tocsin ships for Grafana, made by code: their files are what it says, and a test compares. */
public final class Dashboards {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Dashboards() {}

    /** All dashboards. */
    public static List<Board> all() {
        return Boards.all();
    }

    /** Each dashboard's file, by its name, as Grafana provisions it. */
    public static Map<String, String> files() {
        return all().stream().collect(Collectors.toMap(board -> board.name() + ".json", Dashboards::text));
    }

    private static String text(Board board) {
        return JSON.writeValueAsString(board.json()) + "\n";
    }

    /**
     * A PromQL question as Grafana asks it when every service and every host is chosen.
     *
     * @param board whose written variables count
     */
    public static String asked(Board board, String expression) {
        String asked = expression
                .replace("$__rate_interval", "1m")
                .replace("$service", ".*")
                .replace("$host", ".*");
        for (Board.Variable variable : board.variables()) {
            if (variable.query().isEmpty()) {
                asked = asked.replace("$" + variable.name(), variable.value());
            }
        }
        return asked;
    }

    /** A statement as Grafana asks it about the last day: its macros for PostgreSQL, written out. */
    public static String asked(String statement) {
        String from = "now() - interval '1 day'";
        return statement
                .replaceAll("\\$__timeFilter\\(([^)]*)\\)", "$1 BETWEEN " + from + " AND now()")
                .replaceAll(
                        "\\$__timeGroup\\(([^,]*), '([^']*)'\\)",
                        "floor(extract(epoch FROM $1) / extract(epoch FROM interval '$2')) * extract(epoch FROM interval '$2')")
                .replace("$__timeFrom()", from)
                .replace("$__timeTo()", "now()");
    }
}
