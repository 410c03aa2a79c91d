package io.tocsin.standalone.cli;

import io.tocsin.notifier.NotifierConfigurationCheck;
import io.tocsin.notifier.NotifierConfigurationCheck.Checked;
import io.tocsin.notifier.route.file.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin notify}: checks the notifier's configuration. Exit codes: 0 fine, 1 findings, 2 wrong usage. */
@Command(
        name = "notify",
        description = "Check the notifier's configuration, and ask where alerts go",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = NotifyRouteCommand.class)
public final class NotifyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(
            name = "check",
            description = "Check files in the format of alertmanager.yml: every problem of each, with its place",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "configurations of the notifier")
                    List<Path> files,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            converter = Output.Converter.class,
                            description = "text or json")
                    Output output) {
        PrintWriter out = spec.commandLine().getOut();
        NotifierConfigurationCheck check = NotifierConfigurationCheck.of(files);
        Report report = new Report((int) check.passed(), (int) check.failed());
        if (output == Output.JSON) {
            return report.finish(
                    out,
                    "files",
                    check.checked().stream().map(NotifyCommand::detail).toList());
        }
        for (Checked checked : check.checked()) {
            checked.problems().forEach(out::println);
            checked.remarks().forEach(remark -> out.println("warning: " + remark));
            out.println(checked.file() + ": " + (checked.passed() ? "SUCCESS" : "FAILED"));
        }
        return report.finish(out);
    }

    private static Map<String, Object> detail(Checked checked) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("file", checked.file().toString());
        detail.put("passed", checked.passed());
        detail.put(
                "problems",
                checked.problems().stream().map(NotifyCommand::detail).toList());
        detail.put("remarks", checked.remarks());
        return detail;
    }

    private static Map<String, Object> detail(Problem problem) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("file", problem.file());
        detail.put("line", problem.line());
        detail.put("column", problem.column());
        detail.put("message", problem.message());
        return detail;
    }
}
