package io.tocsin.standalone.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code tocsin alerts why}: what was decided about an alert, for whom, and for what reason. */
@Command(
        name = "why",
        description = "Says why people were told of an alert, or were not.",
        mixinStandardHelpOptions = true)
final class AlertsWhyCommand implements Callable<Integer> {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Parameters(
            arity = "1..*",
            paramLabel = "ALERT",
            description = "The alert's fingerprint (16 hex digits), or matchers that only it meets: alertname=Down.")
    private List<String> alert = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public Integer call() {
        int port = instance.ports().alertmanager();
        String fingerprint =
                alert.size() == 1 && FINGERPRINT.matcher(alert.getFirst()).matches()
                        ? alert.getFirst()
                        : matching(port);
        JsonNode why = InstanceAddress.get(port, "/api/tocsin/why/" + fingerprint);
        output.print(why, () -> print(why));
        return 0;
    }

    private String matching(int port) {
        String query = alert.stream()
                .map(matcher -> "filter=" + URLEncoder.encode(matcher, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        JsonNode found = InstanceAddress.get(port, "/api/v2/alerts?" + query);
        if (found.size() == 1) {
            return found.path(0).path("fingerprint").asString();
        }
        if (found.isEmpty()) {
            throw new UserError(
                    "no active alert meets " + String.join(", ", alert) + "; name one that is over by its fingerprint");
        }
        throw new UserError(found.size() + " active alerts meet " + String.join(", ", alert) + "; name one:\n"
                + StreamSupport.stream(found.spliterator(), false)
                        .map(each -> "  " + each.path("fingerprint").asString() + "  "
                                + AlertsCommand.labels(each.path("labels")))
                        .collect(Collectors.joining("\n")));
    }

    private void print(JsonNode why) {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode member = why.path("alert");
        out.println(AlertsCommand.labels(member.path("labels")));
        out.println(why.path("condition").asString().toLowerCase(java.util.Locale.ROOT) + " since "
                + member.path("startsAt").asString() + ", "
                + member.path("disposition").asString() + " in "
                + why.path("incident").asString() + ", raised by "
                + member.path("source").asString());
        out.println();
        out.println("As the configuration is now:");
        for (JsonNode route : why.path("routes")) {
            out.println("  " + route.path("receiver").asString() + ", group "
                    + route.path("groupKey").asString() + ": " + held(route.path("held"), "nothing holds it"));
        }
        out.println();
        out.println(decisions(why.path("decisions")));
        out.println();
        out.println(notices(why.path("notices")));
        out.flush();
    }

    private static String held(JsonNode held, String otherwise) {
        if (held.isMissingNode()) {
            return otherwise;
        }
        String by = StreamSupport.stream(held.path("by").spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
        return held.path("reason").asString() + (by.isEmpty() ? "" : " by " + by);
    }

    private static Object decisions(JsonNode decisions) {
        if (decisions.isEmpty()) {
            return "Nothing is decided: its group waits for group_wait, or its receivers have no way to be told.";
        }
        TextTable table =
                new TextTable("DECIDED", "TIMES", "RECEIVER", "WAY", "TOLD", "REASON", "THIS ALERT", "BECAUSE");
        for (JsonNode decision : decisions) {
            table.row(
                    decision.path("lastAt").asString(),
                    decision.path("times").asInt(),
                    decision.path("receiver").asString(),
                    decision.path("integration").asString(),
                    decision.path("told").asBoolean(false) ? "yes" : "no",
                    decision.path("reason").asString(),
                    held(decision.path("held"), "free"),
                    decision.path("because").asString(""));
        }
        return table;
    }

    private static Object notices(JsonNode notices) {
        if (notices.isEmpty()) {
            return "No notice has listed it.";
        }
        TextTable table = new TextTable("NOTICE", "RECEIVER", "WAY", "STATUS", "STATE", "TRIES", "LAST OUTCOME");
        for (JsonNode notice : notices) {
            table.row(
                    notice.path("createdAt").asString(),
                    notice.path("receiver").asString(),
                    notice.path("integration").asString(),
                    notice.path("status").asString(),
                    notice.path("state").asString(),
                    notice.path("attempts").asInt(),
                    notice.path("lastOutcome").asString(""));
        }
        return table;
    }
}
