package io.tocsin.dashboards;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A dashboard: rows of panels, which flow from left to right.
 *
 * @param name of its file, and the end of its uid
 * @param title for people
 * @param description what it is for
 * @param range how far back it shows at first, as Grafana says it
 * @param variables what the reader may choose
 * @param rows of panels
 */
public record Board(
        String name, String title, String description, String range, List<Variable> variables, List<Row> rows) {

    private static final int COLUMNS = 24;

    /** The schema of dashboards of Grafana 12 and 13. */
    private static final int SCHEMA = 41;

    /**
     * What the reader may choose.
     *
     * @param query for the values, as the data source understands it; empty where the reader writes the value
     * @param value at first
     */
    public record Variable(String name, String label, String query, String value) {}

    /** Panels under a heading. */
    public record Row(String title, List<Panel> panels) {
        public Row {
            panels = List.copyOf(panels);
        }
    }

    public Board {
        variables = List.copyOf(variables);
        rows = List.copyOf(rows);
    }

    /** Its uid in Grafana. */
    public String uid() {
        return "tocsin-" + name;
    }

    /** All its panels. */
    public List<Panel> panels() {
        return rows.stream().flatMap(row -> row.panels().stream()).toList();
    }

    /** As Grafana reads it. */
    public ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("uid", uid()).put("title", "Tocsin: " + title).put("description", description);
        json.putArray("tags").add("tocsin");
        json.put("schemaVersion", SCHEMA).put("version", 1).put("editable", false);
        json.put("graphTooltip", 1).put("refresh", "10s").put("timezone", "browser");
        json.putObject("time").put("from", range).put("to", "now");
        ArrayNode variablesJson = json.putObject("templating").putArray("list");
        variables.forEach(variable -> variablesJson.add(json(variable)));
        json.putObject("annotations").putArray("list").add(incidents());
        ObjectNode links = json.putArray("links").addObject();
        links.put("type", "dashboards").put("title", "Tocsin").put("asDropdown", true);
        links.put("includeVars", true).put("keepTime", true).put("targetBlank", false);
        links.put("icon", "external link").put("tooltip", "").put("url", "");
        links.putArray("tags").add("tocsin");
        json.set("panels", flow());
        return json;
    }

    private ArrayNode flow() {
        ArrayNode panels = JsonMapper.shared().createArrayNode();
        int id = 0;
        int y = 0;
        for (Row row : rows) {
            ObjectNode heading = panels.addObject();
            heading.put("id", ++id).put("type", "row").put("title", row.title()).put("collapsed", false);
            heading.putObject("gridPos")
                    .put("x", 0)
                    .put("y", y)
                    .put("w", COLUMNS)
                    .put("h", 1);
            heading.putArray("panels");
            y++;
            int x = 0;
            int high = 0;
            for (Panel panel : row.panels()) {
                if (x + panel.width() > COLUMNS) {
                    x = 0;
                    y += high;
                    high = 0;
                }
                panels.add(panel.json(++id, x, y));
                x += panel.width();
                high = Math.max(high, panel.height());
            }
            y += high;
        }
        return panels;
    }

    private static ObjectNode json(Variable variable) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("name", variable.name()).put("label", variable.label());
        if (variable.query().isEmpty()) {
            json.put("type", "textbox").put("query", variable.value());
            json.putObject("current").put("text", variable.value()).put("value", variable.value());
            return json;
        }
        json.put("type", "query").put("query", variable.query()).put("refresh", 2);
        json.putObject("datasource").put("type", "prometheus").put("uid", Query.PROMETHEUS);
        json.put("includeAll", true).put("multi", true).put("allValue", ".*");
        json.putObject("current").putArray("text").add("All");
        ((ObjectNode) json.get("current")).putArray("value").add("$__all");
        return json;
    }

    /** When incidents were open, drawn over every graph. */
    private static ObjectNode incidents() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("name", "Incidents").put("enable", true).put("iconColor", "red");
        json.putObject("datasource")
                .put("type", "grafana-postgresql-datasource")
                .put("uid", Query.POSTGRES);
        json.putObject("target")
                .put("refId", "Anno")
                .put("rawQuery", true)
                .put("format", "table")
                .put("rawSql", INCIDENTS);
        return json;
    }

    static final String INCIDENTS =
            "SELECT opened_at AS time, coalesce(closed_at, now()) AS timeend, title AS text, severity AS tags"
                    + " FROM notifier.v_incident WHERE opened_at <= $__timeTo() AND coalesce(closed_at, now()) >= $__timeFrom()";

    static Builder named(String name, String title, String description) {
        return new Builder(name, title, description);
    }

    /** Puts a dashboard together. */
    static final class Builder {

        private final String name;
        private final String title;
        private final String description;
        private String range = "now-30m";
        private final List<Variable> variables = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();

        private Builder(String name, String title, String description) {
            this.name = name;
            this.title = title;
            this.description = description;
        }

        Builder since(String from) {
            range = from;
            return this;
        }

        Builder variable(String variable, String label, String query) {
            variables.add(new Variable(variable, label, query, ""));
            return this;
        }

        Builder written(String variable, String label, String value) {
            variables.add(new Variable(variable, label, "", value));
            return this;
        }

        Builder row(String heading, Panel... panels) {
            rows.add(new Row(heading, List.of(panels)));
            return this;
        }

        Board build() {
            return new Board(name, title, description, range, variables, rows);
        }
    }
}
