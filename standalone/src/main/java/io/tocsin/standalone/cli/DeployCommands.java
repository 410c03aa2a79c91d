package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.rules.RuleDiff;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.apply.Namespaces;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The commands that change and show the rules of an instance, a namespace at a time. */
final class DeployCommands {

    private static final String NEWEST = "newest";

    private DeployCommands() {}

    /** What the commands have in common. */
    static final class Target {

        @Option(
                names = "--namespace",
                paramLabel = "NAME",
                description = "Whose rules: a team's, for example (default: ${DEFAULT-VALUE}).")
        private String namespace = "default";

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        RulesApi api() {
            return new RulesApi(instance.ports().query());
        }

        String namespace() {
            if (!Namespaces.isValid(Namespaces.called(namespace))) {
                throw new UserError("--namespace: letters, digits and . _ - only; found '" + namespace + "'");
            }
            return namespace;
        }
    }

    /** {@code tocsin rules apply}. */
    @Command(
            name = "apply",
            description = "Make rule files those of a namespace, as a whole or not at all.",
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {

        @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "All rule files of the namespace.")
        private List<Path> paths = List.of();

        @Option(names = "--dry-run", description = "Check, and say what would change.")
        private boolean dryRun;

        @Option(names = "--owner", description = "file, api or kubernetes (default: ${DEFAULT-VALUE}).")
        private String owner = "api";

        @Option(names = "--take-over", description = "Also when the namespace belongs to another owner.")
        private boolean takeOver;

        @Mixin
        private final Target target = new Target();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            SequencedMap<String, String> texts = RuleTexts.read(paths);
            List<RuleDiff.Change> changes = changes(target.api().texts(NEWEST, target.namespace()), texts);
            Map<String, String> parameters = parameters(target.namespace(), owner, takeOver);
            parameters.put("dry_run", dryRun ? "true" : "");
            return print(output, target.api().change("apply", parameters, texts), changes);
        }
    }

    /** {@code tocsin rules rollback}. */
    @Command(
            name = "rollback",
            description = "Bring back the rules that a namespace had in an earlier version.",
            mixinStandardHelpOptions = true)
    static final class Rollback implements Callable<Integer> {

        @Parameters(
                paramLabel = "VERSION",
                arity = "0..1",
                description = "From rules versions (default: the newest in which the namespace was different).")
        private @Nullable String version;

        @Option(names = "--owner", description = "file, api or kubernetes (default: ${DEFAULT-VALUE}).")
        private String owner = "api";

        @Option(names = "--take-over", description = "Also when the namespace belongs to another owner.")
        private boolean takeOver;

        @Mixin
        private final Target target = new Target();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            SequencedMap<String, String> now = target.api().texts(NEWEST, target.namespace());
            String to = version == null ? before(now) : version;
            List<RuleDiff.Change> changes = changes(now, target.api().texts(to, target.namespace()));
            Map<String, String> parameters = parameters(target.namespace(), owner, takeOver);
            parameters.put("version", to);
            return print(output, target.api().change("rollback", parameters, Map.of()), changes);
        }

        private String before(SequencedMap<String, String> now) {
            for (JsonNode candidate : target.api().versions()) {
                String name = candidate.path("version").asString("");
                SequencedMap<String, String> then = target.api().texts(name, target.namespace());
                if (!then.isEmpty() && !then.equals(now)) {
                    return name;
                }
            }
            throw new UserError("there is no version in which "
                    + Namespaces.words(Namespaces.called(target.namespace())) + " had other files");
        }
    }

    /** {@code tocsin rules diff}. */
    @Command(
            name = "diff",
            description = "Say what would change, rule by rule. Exit code 1 when something would.",
            mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {

        @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "All rule files of the namespace.")
        private List<Path> paths = List.of();

        @Mixin
        private final Target target = new Target();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            List<RuleDiff.Change> changes =
                    changes(target.api().texts(NEWEST, target.namespace()), RuleTexts.read(paths));
            output.print(Map.of("changes", changes), () -> {
                changes.forEach(DeployCommands::print);
                System.out.println(summary(changes));
            });
            return changes.isEmpty() ? Report.OK : Report.FINDINGS;
        }
    }

    /** {@code tocsin rules list}. */
    @Command(name = "list", description = "Whose rules there are.", mixinStandardHelpOptions = true)
    static final class Namespaced implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            JsonNode namespaces = new RulesApi(instance.ports().query()).namespaces();
            output.print(namespaces, () -> {
                TextTable table = new TextTable("NAMESPACE", "OWNER", "FILES", "GROUPS", "RULES", "SINCE VERSION");
                namespaces.forEach(namespace -> table.row(
                        namespace.path("namespace").asString(""),
                        namespace.path("owner").asString(""),
                        namespace.path("files").size(),
                        namespace.path("groups").asInt(),
                        namespace.path("rules").asInt(),
                        namespace.path("since").asString("")));
                System.out.println(table);
            });
            return Report.OK;
        }
    }

    /** {@code tocsin rules versions}. */
    @Command(
            name = "versions",
            description = "All versions of the rules, the newest first.",
            mixinStandardHelpOptions = true)
    static final class Versions implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            JsonNode versions = new RulesApi(instance.ports().query()).versions();
            output.print(versions, () -> {
                TextTable table = new TextTable("VERSION", "EFFECTIVE FROM", "FILES", "");
                versions.forEach(version -> table.row(
                        version.path("version").asString(""),
                        version.path("effectiveFrom").asString(""),
                        version.path("files").size(),
                        version.path("active").asBoolean()
                                ? "in force"
                                : version.path("usable").asBoolean() ? "" : "unusable"));
                System.out.println(table);
            });
            return Report.OK;
        }
    }

    private static Map<String, String> parameters(String namespace, String owner, boolean takeOver) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("namespace", namespace);
        parameters.put("owner", owner);
        parameters.put("take_over", takeOver ? "true" : "");
        return parameters;
    }

    private static List<RuleDiff.Change> changes(
            SequencedMap<String, String> before, SequencedMap<String, String> after) {
        RuleFiles was = RuleFileParser.parse(before, true);
        RuleFiles is = RuleFileParser.parse(after, false);
        // What is wrong with files is told with their places when they are applied.
        return RuleDiff.between(was.ruleSet(), is.ruleSet());
    }

    private static int print(OutputFormat output, InstanceAddress.Answer answer, List<RuleDiff.Change> changes) {
        JsonNode json = answer.json();
        JsonNode data = json.path("data");
        output.print(answer.status() == 200 ? withChanges(data, changes) : json, () -> {
            (answer.status() == 200 ? data : json).path("problems").forEach(DeployCommands::problem);
            if (answer.status() != 200) {
                System.out.println(json.path("error").asString(""));
                return;
            }
            changes.forEach(DeployCommands::print);
            System.out.println(outcome(data, changes));
        });
        return answer.status() == 200 ? Report.OK : Report.FINDINGS;
    }

    private static Map<String, Object> withChanges(JsonNode data, List<RuleDiff.Change> changes) {
        Map<String, Object> all = new LinkedHashMap<>();
        data.propertyStream().forEach(property -> all.put(property.getKey(), property.getValue()));
        all.put("changes", changes);
        return all;
    }

    private static String outcome(JsonNode data, List<RuleDiff.Change> changes) {
        String version = data.path("version").asString("");
        return switch (data.path("outcome").asString("")) {
            case "published" ->
                summary(changes) + "; version " + version + ", effective from "
                        + data.path("effectiveFrom").asString("");
            case "unchanged" -> "unchanged, it is version " + version + " already";
            default -> summary(changes) + "; nothing was applied";
        };
    }

    private static void problem(JsonNode problem) {
        String warning = problem.path("severity").asString("").equals("warning") ? "warning: " : "";
        System.out.println(problem.path("file").asString("") + ":"
                + problem.path("line").asInt() + ":" + problem.path("column").asInt() + ": " + warning
                + problem.path("message").asString(""));
    }

    private static void print(RuleDiff.Change change) {
        String mark = switch (change.kind()) {
            case ADDED -> "+ ";
            case REMOVED -> "- ";
            case CHANGED -> "~ ";
        };
        System.out.println(mark + change.rule());
        change.fields()
                .forEach(field -> System.out.println(
                        "    " + field.name() + ": " + shown(field.before()) + " -> " + shown(field.after())));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value;
    }

    private static String summary(List<RuleDiff.Change> changes) {
        long added = changes.stream()
                .filter(change -> change.kind() == RuleDiff.Kind.ADDED)
                .count();
        long removed = changes.stream()
                .filter(change -> change.kind() == RuleDiff.Kind.REMOVED)
                .count();
        return added + " added, " + removed + " removed, " + (changes.size() - added - removed) + " changed";
    }
}
