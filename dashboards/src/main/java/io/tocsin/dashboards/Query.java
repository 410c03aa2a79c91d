package io.tocsin.dashboards;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a panel asks, as its data source understands it. */
public sealed interface Query {

    /** The data source of type Prometheus, by its uid. */
    String PROMETHEUS = "tocsin";
    /** The data source of type PostgreSQL, by its uid. */
    String POSTGRES = "tocsin-history";

    /** The text of the question, with Grafana's variables in it. */
    String text();

    /** As Grafana writes it into a panel. */
    ObjectNode json(String refId);

    /**
     * An expression.
     *
     * @param legend of each series, with labels in double braces
     * @param table whether it is asked for one moment and shown as rows
     */
    record Promql(String text, String legend, boolean table) implements Query {
        @Override
        public ObjectNode json(String refId) {
            ObjectNode json = target(refId, "prometheus", PROMETHEUS).put("expr", text);
            json.put("legendFormat", legend).put("range", !table).put("instant", table);
            return json.put("format", table ? "table" : "time_series");
        }
    }

    /**
     * A statement over the read-only views.
     *
     * @param series whether its rows are series over a column {@code time}, not a table
     */
    record Sql(String text, boolean series) implements Query {
        @Override
        public ObjectNode json(String refId) {
            return target(refId, "grafana-postgresql-datasource", POSTGRES)
                    .put("rawSql", text.strip())
                    .put("rawQuery", true)
                    .put("editorMode", "code")
                    .put("format", series ? "time_series" : "table");
        }
    }

    private static ObjectNode target(String refId, String type, String uid) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("refId", refId);
        json.putObject("datasource").put("type", type).put("uid", uid);
        return json;
    }
}
