package io.tocsin.standalone.heal;

import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.playbook.read.Problem;
import io.tocsin.selfheal.playbook.read.Reading;
import io.tocsin.selfheal.playbook.read.TrialReader;
import io.tocsin.selfheal.trial.Examination;
import io.tocsin.selfheal.trial.Examination.Failure;
import io.tocsin.selfheal.trial.Trial;
import io.tocsin.standalone.cli.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin heal test FILE…}. Exit codes: 0 fine, 1 findings, 2 wrong usage. */
@Command(
        name = "test",
        description = "Runs unit tests of playbooks: what is decided when, why, and with which steps",
        mixinStandardHelpOptions = true)
final class HealTest implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "test files")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            Reading<Trial.Suite> tests = TrialReader.read(file.toString(), PlaybookFiles.text(file));
            List<Problem> problems = new ArrayList<>(tests.problems());
            Reading<Plan> plan = plan(file, tests.value().files());
            problems.addAll(plan.problems());
            problems.forEach(out::println);
            failed += problems.isEmpty() ? 0 : 1;
            Plan with = plan.value();
            Examination examination = new Examination(with.playbooks(), with.inventory(), with.limits());
            for (Trial trial : problems.isEmpty() ? tests.value().trials() : List.<Trial>of()) {
                List<Failure> failures = examination.failures(trial);
                failures.forEach(failure ->
                        out.println(file + ":" + failure.line() + ": " + trial.name() + ": " + failure.what()));
                passed += failures.isEmpty() ? 1 : 0;
                failed += failures.isEmpty() ? 0 : 1;
            }
        }
        return new Report(passed, failed).finish(out);
    }

    private static Reading<Plan> plan(Path file, Trial.Files named) {
        if (named.playbooks().isEmpty()) {
            return new Reading<>(Plan.EMPTY, List.of());
        }
        return PlaybookFiles.read(
                relative(file, named.playbooks()),
                relative(file, named.targets()),
                relative(file, named.limits().stream().toList()));
    }

    private static List<Path> relative(Path file, List<String> names) {
        return names.stream().map(file::resolveSibling).map(Path::normalize).toList();
    }
}
