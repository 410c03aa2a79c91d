package io.tocsin.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards that Tocsin ships for Grafana. */
public final class Dashboards {

    private static final List<String> NAMES = List.of("overview", "service");

    private Dashboards() {}

    /**
     * One panel.
     *
     * @param dashboard uid of its dashboard
     * @param unit Grafana's name of the unit of its values
     * @param expressions its PromQL, with Grafana's variables in it
     */
    public record Panel(String dashboard, String title, String unit, List<String> expressions) {
        public Panel {
            expressions = List.copyOf(expressions);
        }
    }

    /** All dashboards as Grafana reads them. */
    public static List<JsonNode> all() {
        return NAMES.stream().map(Dashboards::read).toList();
    }

    private static JsonNode read(String name) {
        String resource = "/grafana/dashboards/" + name + ".json";
        try (InputStream in = Dashboards.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Every panel of every dashboard. */
    public static List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode dashboard : all()) {
            for (JsonNode panel : dashboard.path("panels")) {
                panels.add(new Panel(
                        dashboard.path("uid").asString(""),
                        panel.path("title").asString(""),
                        panel.path("fieldConfig").path("defaults").path("unit").asString(""),
                        panel.path("targets")
                                .valueStream()
                                .map(target -> target.path("expr").asString(""))
                                .toList()));
            }
        }
        return panels;
    }

    /** An expression with every service for {@code $service}. */
    public static String forAllServices(String expression) {
        return expression.replace("$service", ".*");
    }
}
