package io.tocsin.standalone.heal;

import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.cli.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code tocsin heal status}. */
@Command(
        name = "status",
        description = "Shows the kill switch, what runs, what waits for a person, and how good playbooks are.",
        mixinStandardHelpOptions = true)
final class HealStatus implements Callable<Integer> {

    private static final List<String> PARTS =
            List.of("freeze", "playbooks", "statistics", "runs", "approvals", "quarantine", "suggestions");
    private static final int ID = 8;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        for (String part : PARTS) {
            parts.put(part, InstanceAddress.get(instance.ports().heal(), HealCommand.API + "/" + part));
        }
        output.print(parts, () -> print(parts));
        return 0;
    }

    private static void print(Map<String, JsonNode> parts) {
        JsonNode freeze = of(parts, "freeze");
        boolean frozen = freeze.path("frozen").asBoolean(false);
        System.out.println(frozen ? "frozen by " + freeze.path("why").asString("") : "not frozen");
        of(parts, "playbooks").path("problems").forEach(problem -> System.out.println(problem.asString("")));
        statistics(of(parts, "statistics"));
        runs(of(parts, "runs"));
        approvals(of(parts, "approvals"));
        of(parts, "quarantine").forEach(target -> System.out.println("in quarantine: " + target.asString("")));
        of(parts, "suggestions")
                .forEach(each -> System.out.println(
                        "no playbook for " + each.path("alertname").asString("") + " of "
                                + each.path("element").asString("") + ", which was "
                                + each.path("incidents").asInt(0) + " incidents"));
    }

    private static JsonNode of(Map<String, JsonNode> parts, String part) {
        JsonNode found = parts.get(part);
        if (found == null) {
            throw new IllegalStateException(part + " was asked for");
        }
        return found;
    }

    private static void statistics(JsonNode statistics) {
        if (statistics.isEmpty()) {
            System.out.println("no playbook is in force");
            return;
        }
        TextTable table = new TextTable("PLAYBOOK", "MODE", "RUNS", "VERIFIED", "SUCCESS", "MEDIAN", "LONGEST");
        for (JsonNode each : statistics) {
            table.row(
                    each.path("playbook").asString(""),
                    each.path("demoted").asBoolean(false)
                            ? "approve (kept failing)"
                            : each.path("mode").asString("").toLowerCase(java.util.Locale.ROOT),
                    each.path("runs").asInt(0),
                    each.path("verified").asInt(0),
                    each.has("successRate")
                            ? Math.round(each.path("successRate").asDouble() * 100) + "%"
                            : "-",
                    seconds(each.path("medianRepairSeconds")),
                    seconds(each.path("longestRepairSeconds")));
        }
        System.out.println(table);
    }

    private static String seconds(JsonNode seconds) {
        return seconds.isMissingNode() ? "-" : Math.round(seconds.asDouble()) + " s";
    }

    private static void runs(JsonNode runs) {
        TextTable table = new TextTable("REPAIR", "PLAYBOOK", "TARGET", "STATE", "SINCE");
        int shown = 0;
        for (JsonNode run : runs) {
            if (run.path("endedAt").asString("").isEmpty()) {
                shown++;
                table.row(
                        start(run.path("id")),
                        run.path("playbook").asString(""),
                        run.path("target").asString(""),
                        run.path("state").asString(""),
                        run.path("startedAt").asString(""));
            }
        }
        System.out.println(shown == 0 ? "nothing runs" : table);
    }

    private static void approvals(JsonNode approvals) {
        if (approvals.isEmpty()) {
            System.out.println("nothing waits for a person");
            return;
        }
        TextTable table = new TextTable("QUESTION", "PLAYBOOK", "TARGET", "PEOPLE", "UNTIL", "PLAN");
        for (JsonNode each : approvals) {
            table.row(
                    start(each.path("id")),
                    each.path("playbook").asString(""),
                    each.path("target").asString(""),
                    each.path("missing").asInt(1),
                    each.path("expiresAt").asString(""),
                    each.path("plan").asString(""));
        }
        System.out.println(table);
    }

    private static String start(JsonNode id) {
        String text = id.asString("");
        return text.substring(0, Math.min(ID, text.length()));
    }
}
