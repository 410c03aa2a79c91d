package io.tocsin.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code tocsin incidents}. */
@Command(
        name = "incidents",
        description = "Lists incidents with their likely cause, newest first.",
        mixinStandardHelpOptions = true)
final class IncidentsCommand implements Callable<Integer> {

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        JsonNode incidents = InstanceAddress.get(instance.ports().alertmanager(), "/api/tocsin/incidents");
        output.print(incidents, () -> print(incidents));
        return 0;
    }

    private static void print(JsonNode incidents) {
        TextTable table = new TextTable("STATUS", "ID", "CAUSE", "MEMBERS", "TITLE");
        for (JsonNode incident : incidents) {
            table.row(
                    incident.path("status").asString(""),
                    incident.path("id").asString(""),
                    incident.path("rootCauses").path(0).path("element").asString("-"),
                    incident.path("members").size(),
                    incident.path("title").asString(""));
        }
        System.out.println(incidents.isEmpty() ? "no incident" : table);
    }
}
