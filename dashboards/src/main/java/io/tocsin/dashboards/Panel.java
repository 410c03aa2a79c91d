package io.tocsin.dashboards;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One panel.
 *
 * @param title what it shows
 * @param description how to read it
 * @param kind how it shows it
 * @param unit Grafana's name of the unit of its values
 * @param width of 24 columns
 * @param height in rows
 * @param queries what it asks
 * @param thresholds from which value on it turns amber, and red; empty for none
 * @param columns new names of columns, by their old ones
 */
public record Panel(
        String title,
        String description,
        Kind kind,
        String unit,
        int width,
        int height,
        List<Query> queries,
        List<Double> thresholds,
        Map<String, String> columns) {

    /** How a panel shows its data: Grafana's types. */
    public enum Kind {
        LINES("timeseries"),
        BARS("timeseries"),
        NUMBER("stat"),
        TABLE("table"),
        GRAPH("nodeGraph"),
        RANKING("bargauge");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    public Panel {
        queries = List.copyOf(queries);
        thresholds = List.copyOf(thresholds);
        columns = Map.copyOf(columns);
    }

    static Panel lines(String title, String unit, Query... queries) {
        return new Panel(title, "", Kind.LINES, unit, 8, 8, List.of(queries), List.of(), Map.of());
    }

    static Panel bars(String title, String unit, Query... queries) {
        return new Panel(title, "", Kind.BARS, unit, 12, 8, List.of(queries), List.of(), Map.of());
    }

    static Panel number(String title, String unit, Query query) {
        return new Panel(title, "", Kind.NUMBER, unit, 4, 4, List.of(query), List.of(), Map.of());
    }

    static Panel table(String title, Query query) {
        return new Panel(title, "", Kind.TABLE, "short", 24, 9, List.of(query), List.of(), Map.of());
    }

    static Panel ranking(String title, String unit, Query query) {
        return new Panel(title, "", Kind.RANKING, unit, 12, 8, List.of(query), List.of(), Map.of());
    }

    static Panel graph(String title, Query nodes, Query edges) {
        return new Panel(title, "", Kind.GRAPH, "short", 24, 16, List.of(nodes, edges), List.of(), Map.of());
    }

    /** The same, so wide and high. */
    Panel size(int columns, int rows) {
        return new Panel(title, description, kind, unit, columns, rows, queries, thresholds, this.columns);
    }

    /** The same with words about how to read it. */
    Panel says(String words) {
        return new Panel(title, words, kind, unit, width, height, queries, thresholds, columns);
    }

    /** The same, amber and red from these values on. */
    Panel warns(double amber, double red) {
        return new Panel(title, description, kind, unit, width, height, queries, List.of(amber, red), columns);
    }

    /** The same with columns of other names. */
    Panel named(Map<String, String> names) {
        return new Panel(title, description, kind, unit, width, height, queries, thresholds, names);
    }

    ObjectNode json(int id, int x, int y) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("id", id).put("type", kind.type).put("title", title).put("description", description);
        boolean sql = queries.getFirst() instanceof Query.Sql;
        json.putObject("datasource")
                .put("type", sql ? "grafana-postgresql-datasource" : "prometheus")
                .put("uid", sql ? Query.POSTGRES : Query.PROMETHEUS);
        json.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
        fields(json.putObject("fieldConfig"));
        options(json.putObject("options"));
        ArrayNode targets = json.putArray("targets");
        for (int i = 0; i < queries.size(); i++) {
            targets.add(queries.get(i)
                    .json(kind == Kind.GRAPH ? List.of("nodes", "edges").get(i) : refId(i)));
        }
        if (!columns.isEmpty()) {
            ObjectNode organize = json.putArray("transformations").addObject().put("id", "organize");
            ObjectNode renames = organize.putObject("options").putObject("renameByName");
            columns.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(name -> renames.put(name.getKey(), name.getValue()));
        }
        return json;
    }

    private void fields(ObjectNode fields) {
        ObjectNode defaults = fields.putObject("defaults").put("unit", unit);
        if (kind == Kind.LINES || kind == Kind.BARS) {
            defaults.put("min", 0);
            ObjectNode custom = defaults.putObject("custom").put("drawStyle", kind == Kind.BARS ? "bars" : "line");
            custom.put("fillOpacity", kind == Kind.BARS ? 60 : 8)
                    .put("lineWidth", 1)
                    .put("showPoints", "never");
            if (kind == Kind.BARS) {
                custom.putObject("stacking").put("mode", "normal").put("group", "A");
            }
            if (!thresholds.isEmpty()) {
                custom.putObject("thresholdsStyle").put("mode", "dashed");
            }
        }
        ObjectNode steps = defaults.putObject("thresholds").put("mode", "absolute");
        ArrayNode values = steps.putArray("steps");
        values.addObject().putNull("value").put("color", thresholds.isEmpty() ? "text" : "green");
        if (!thresholds.isEmpty()) {
            values.addObject().put("value", thresholds.get(0)).put("color", "orange");
            values.addObject().put("value", thresholds.get(1)).put("color", "red");
        }
        fields.putArray("overrides");
    }

    private void options(ObjectNode options) {
        switch (kind) {
            case LINES, BARS -> {
                options.putObject("legend")
                        .put("displayMode", "list")
                        .put("placement", "bottom")
                        .put("showLegend", true)
                        .putArray("calcs");
                options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
            }
            case NUMBER, RANKING -> {
                options.putObject("reduceOptions")
                        .put("values", kind == Kind.RANKING)
                        .put("fields", "")
                        .putArray("calcs")
                        .add("lastNotNull");
                options.put("orientation", kind == Kind.RANKING ? "horizontal" : "auto");
            }
            case TABLE -> options.put("showHeader", true);
            case GRAPH ->
                options.putObject("nodes").put("mainStatUnit", "reqps").putArray("arcs");
        }
    }

    private static String refId(int index) {
        return String.valueOf((char) ('A' + index));
    }
}
