package io.tocsin.standalone.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code tocsin alerts}. */
@Command(
        name = "alerts",
        description = "Lists pending and firing alerts.",
        mixinStandardHelpOptions = true,
        subcommands = AlertsWhyCommand.class)
final class AlertsCommand implements Callable<Integer> {

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        JsonNode alerts = InstanceAddress.get(instance.ports().query(), "/api/v1/alerts")
                .path("data")
                .path("alerts");
        output.print(alerts, () -> print(alerts));
        return 0;
    }

    private static void print(JsonNode alerts) {
        TextTable table = new TextTable("STATE", "SINCE", "VALUE", "LABELS");
        for (JsonNode alert : alerts) {
            table.row(
                    alert.path("state").asString(""),
                    alert.path("activeAt").asString(""),
                    alert.path("value").asString(""),
                    labels(alert.path("labels")));
        }
        System.out.println(alerts.isEmpty() ? "no alert is pending or firing" : table);
    }

    static String labels(JsonNode labels) {
        return labels.propertyStream()
                .map(label -> label.getKey() + "=" + label.getValue().asString(""))
                .collect(Collectors.joining(" "));
    }
}
