package io.tocsin.standalone.scenario;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.Problems;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.YamlText;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.standalone.cli.Report;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.heal.PlaybookFiles;
import io.tocsin.standalone.scenario.ScenarioFile.Scenario;
import io.tocsin.standalone.scenario.ScenarioRun.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin test FILE…}. Exit codes: 0 all as expected, 1 findings, 2 wrong usage. */
@Command(
        name = "test",
        description = "Runs scenarios: from samples to alerts, incidents, notices and repairs, without a server.",
        mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {

    /** Where no notices are looked at. */
    private static final String NOBODY = "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
    private List<Path> files = List.of();

    @Option(names = "--show", description = "Also prints what happened in each scenario.")
    private boolean show;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            List<String> problems = new ArrayList<>();
            Optional<ScenarioFile> read = read(file, problems);
            Optional<ScenarioRun> run = read.flatMap(scenarios -> run(file, scenarios, problems));
            problems.forEach(out::println);
            if (read.isEmpty() || run.isEmpty()) {
                failed++;
                continue;
            }
            for (Scenario scenario : read.get().scenarios()) {
                Outcome outcome = run.get().run(scenario);
                List<String> failures = outcome.failures(scenario);
                failures.forEach(out::println);
                if (show) {
                    show(out, scenario, outcome);
                }
                passed += failures.isEmpty() ? 1 : 0;
                failed += failures.isEmpty() ? 0 : 1;
            }
        }
        return new Report(passed, failed).finish(out);
    }

    private static void show(PrintWriter out, Scenario scenario, Outcome outcome) {
        out.println(scenario.name() + ":");
        Map<String, List<?>> happened = new LinkedHashMap<>();
        happened.put("incidents", outcome.incidents());
        happened.put("notices", outcome.notices());
        happened.put("repairs", outcome.repairs());
        happened.forEach((name, items) -> {
            out.println("  " + name + ":" + (items.isEmpty() ? " []" : ""));
            items.forEach(item -> out.println("    - " + item));
        });
    }

    private static Optional<ScenarioFile> read(Path file, List<String> into) {
        Problems problems = new Problems();
        ScenarioFile scenarios = new ScenarioReader(new YamlText(file.toString(), text(file), problems)).read();
        problems.sorted().forEach(problem -> into.add(problem.toString()));
        return problems.hasErrors() ? Optional.empty() : Optional.of(scenarios);
    }

    private static Optional<ScenarioRun> run(Path file, ScenarioFile scenarios, List<String> into) {
        Optional<RuleFiles> rules = rules(file, scenarios, into);
        Optional<Routing> routing = routing(file, scenarios, into);
        Optional<Plan> plan = plan(file, scenarios, into);
        return rules.isEmpty() || routing.isEmpty() || plan.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScenarioRun(
                        rules.get().ruleSet(), scenarios.evaluationInterval(), routing.get(), plan.get()));
    }

    private static Optional<RuleFiles> rules(Path file, ScenarioFile scenarios, List<String> into) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (String name : scenarios.rules()) {
            Path path = beside(file, name);
            texts.put(path.toString(), text(path));
        }
        RuleFiles rules = RuleFileParser.parse(texts, false);
        rules.errors().stream().map(Problem::toString).forEach(into::add);
        return rules.isValid() ? Optional.of(rules) : Optional.empty();
    }

    private static Optional<Routing> routing(Path file, ScenarioFile scenarios, List<String> into) {
        Path path = scenarios.alertmanager().map(name -> beside(file, name)).orElse(file);
        String text = scenarios.alertmanager().isPresent() ? text(path) : NOBODY;
        AlertmanagerFile.Result result = AlertmanagerFile.read(path, text);
        result.problems().forEach(problem -> into.add(problem.toString()));
        return result.routing();
    }

    private static Optional<Plan> plan(Path file, ScenarioFile scenarios, List<String> into) {
        if (scenarios.playbooks().isEmpty()) {
            return Optional.of(Plan.EMPTY);
        }
        var read =
                PlaybookFiles.read(besides(file, scenarios.playbooks()), besides(file, scenarios.targets()), List.of());
        read.problems().forEach(problem -> into.add(problem.toString()));
        return read.problems().isEmpty() ? Optional.of(read.value()) : Optional.empty();
    }

    private static List<Path> besides(Path file, List<String> names) {
        return names.stream().map(name -> beside(file, name)).toList();
    }

    private static Path beside(Path file, String name) {
        return file.resolveSibling(name).normalize();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e);
        }
    }
}
