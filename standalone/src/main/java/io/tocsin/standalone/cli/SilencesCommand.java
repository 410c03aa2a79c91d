package io.tocsin.standalone.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code tocsin silences}: list, add, expire. */
@Command(
        name = "silences",
        description = "Lists silences; adds and expires them.",
        mixinStandardHelpOptions = true,
        subcommands = {SilencesCommand.Add.class, SilencesCommand.Expire.class})
final class SilencesCommand implements Callable<Integer> {

    private static final String PATH = "/api/v2/silences";

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        JsonNode silences = InstanceAddress.get(instance.ports().alertmanager(), PATH);
        output.print(silences, () -> print(silences));
        return 0;
    }

    private static void print(JsonNode silences) {
        TextTable table = new TextTable("ID", "STATE", "UNTIL", "BY", "MATCHERS", "COMMENT");
        for (JsonNode silence : silences) {
            table.row(
                    silence.path("id").asString(""),
                    silence.path("status").path("state").asString(""),
                    silence.path("endsAt").asString(""),
                    silence.path("createdBy").asString(""),
                    silence.path("matchers")
                            .valueStream()
                            .map(SilencesCommand::matcher)
                            .collect(Collectors.joining(" ")),
                    silence.path("comment").asString(""));
        }
        System.out.println(silences.isEmpty() ? "no silence" : table);
    }

    private static String matcher(JsonNode matcher) {
        boolean equal = matcher.path("isEqual").asBoolean(true);
        boolean regex = matcher.path("isRegex").asBoolean(false);
        String operator = regex ? (equal ? "=~" : "!~") : (equal ? "=" : "!=");
        return matcher.path("name").asString("")
                + operator
                + matcher.path("value").asString("");
    }

    /** {@code tocsin silences add MATCHER… --duration}. */
    @Command(name = "add", description = "Silences alerts that meet ALL matchers.", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {

        private static final Pattern MATCHER =
                Pattern.compile("(?<name>[^=!~]+)(?<operator>=~|!~|!=|=)(?<value>.*)", Pattern.DOTALL);

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Parameters(arity = "1..*", description = "name=value, name!=value, name=~regex or name!~regex.")
        private List<String> matchers = List.of();

        @Option(names = "--duration", description = "ISO 8601, for example PT2H (default: ${DEFAULT-VALUE}).")
        private Duration duration = Duration.ofHours(2);

        @Option(names = "--comment", required = true, description = "Why.")
        private String comment = "";

        @Option(names = "--author", description = "Who (default: ${DEFAULT-VALUE}).")
        private String author = System.getProperty("user.name");

        @Override
        public Integer call() {
            Instant now = Instant.now();
            Map<String, Object> silence = Map.of(
                    "matchers", matchers.stream().map(Add::parse).toList(),
                    "startsAt", now.toString(),
                    "endsAt", now.plus(duration).toString(),
                    "createdBy", author,
                    "comment", comment);
            JsonNode answer = InstanceAddress.post(instance.ports().alertmanager(), PATH, silence);
            System.out.println(answer.path("silenceID").asString(""));
            return 0;
        }

        private static Map<String, Object> parse(String text) {
            Matcher matcher = MATCHER.matcher(text);
            if (!matcher.matches()) {
                throw new UserError(
                        "not a matcher: " + text + "; write name=value, name!=value, name=~regex or name!~regex");
            }
            String operator = matcher.group("operator");
            return Map.of(
                    "name", matcher.group("name").strip(),
                    "value", matcher.group("value"),
                    "isRegex", operator.endsWith("~"),
                    "isEqual", operator.startsWith("="));
        }
    }

    /** {@code tocsin silences expire ID}. */
    @Command(name = "expire", description = "Ends a silence now.", mixinStandardHelpOptions = true)
    static final class Expire implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Parameters(description = "Id of the silence.")
        private String id = "";

        @Override
        public Integer call() {
            var _ = InstanceAddress.delete(instance.ports().alertmanager(), "/api/v2/silence/" + id);
            return 0;
        }
    }
}
