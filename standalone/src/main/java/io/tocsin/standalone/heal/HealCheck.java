package io.tocsin.standalone.heal;

import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.playbook.read.Problem;
import io.tocsin.selfheal.playbook.read.Reading;
import io.tocsin.standalone.cli.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin heal check FILE…}. Exit codes: 0 fine, 1 findings, 2 wrong usage. */
@Command(
        name = "check",
        description = "Checks playbooks: every problem of each, with its place",
        mixinStandardHelpOptions = true)
final class HealCheck implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "playbooks, and folders of them")
    private List<Path> files = List.of();

    @Mixin
    private final Around around = new Around();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Reading<Plan> reading = PlaybookFiles.read(files, around.targets(), around.limits());
        reading.problems().forEach(out::println);
        Set<String> bad = reading.problems().stream().map(Problem::file).collect(Collectors.toSet());
        Set<String> all = PlaybookFiles.texts(files).keySet();
        // A problem of the inventory or the limits is one of the playbooks that rest on it.
        int others = (int) bad.stream().filter(file -> !all.contains(file)).count();
        int failed = (int) all.stream().filter(bad::contains).count() + others;
        return new Report(all.size() + others - failed, failed).finish(out);
    }
}
