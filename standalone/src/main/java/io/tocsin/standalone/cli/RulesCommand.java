package io.tocsin.standalone.cli;

import com.google.re2j.PatternSyntaxException;
import io.tocsin.rulesengine.rules.Durations;
import io.tocsin.rulesengine.rules.Lookback;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.unittest.UnitTestResult;
import io.tocsin.rulesengine.rules.unittest.UnitTests;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules}: checks and tests rule files. Exit codes: 0 fine, 1 findings, 2 wrong usage. */
@Command(
        name = "rules",
        description = "Check and test rule files, try them on telemetry of the past, apply them",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BacktestCommand.class,
            DeployCommands.Apply.class,
            DeployCommands.Diff.class,
            DeployCommands.Rollback.class,
            DeployCommands.Namespaced.class,
            DeployCommands.Versions.class
        })
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(
            name = "check",
            description = "Check rule files: every error and warning of each, with its place",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "rule files, and folders of them")
                    List<Path> paths,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            converter = Output.Converter.class,
                            description = "text or json")
                    Output output) {
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Object>> details = new ArrayList<>();
        int failed = 0;
        List<Path> files = RuleTexts.files(paths);
        for (Path file : files) {
            RuleFiles read = RuleFileParser.parse(List.of(file));
            failed += read.isValid() ? 0 : 1;
            if (output == Output.JSON) {
                details.add(detail(file, read));
            } else {
                read.problems().forEach(out::println);
                out.println(file + ": " + summary(read));
            }
        }
        Report report = new Report(files.size() - failed, failed);
        return output == Output.JSON ? report.finish(out, "files", details) : report.finish(out);
    }

    private static String summary(RuleFiles read) {
        int errors = read.errors().size();
        int warnings = read.warnings().size();
        String counts = read.ruleSet().ruleCount() + " rules, " + errors + " errors, " + warnings + " warnings";
        return read.isValid() ? counts + ", reads back " + Durations.format(Lookback.of(read.ruleSet())) : counts;
    }

    private static Map<String, Object> detail(Path file, RuleFiles read) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("file", file.toString());
        detail.put("rules", read.ruleSet().ruleCount());
        detail.put("lookbackSeconds", Lookback.of(read.ruleSet()).toSeconds());
        detail.put("problems", read.problems().stream().map(RuleTexts::detail).toList());
        return detail;
    }

    @Command(
            name = "test",
            description = "Run unit tests of rules, in the format of promtool",
            mixinStandardHelpOptions = true)
    int test(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "test files") List<Path> files,
            @Option(
                            names = "--run",
                            paramLabel = "REGEX",
                            description = "only tests whose name has a match; repeatable")
                    @Nullable
                    List<String> only,
            @Option(names = "--ignore-unknown-fields", description = "let rule files have fields that nobody knows")
                    boolean ignoreUnknownFields,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            converter = Output.Converter.class,
                            description = "text or json")
                    Output output) {
        UnitTests tests = unitTests(only, ignoreUnknownFields);
        PrintWriter out = spec.commandLine().getOut();
        List<UnitTestResult> all = new ArrayList<>();
        for (Path file : files) {
            List<UnitTestResult> results = run(tests, file);
            if (output == Output.TEXT) {
                print(out, file, results);
            }
            all.addAll(results);
        }
        int failed = (int) all.stream().filter(result -> !result.passed()).count();
        Report report = new Report(all.size() - failed, failed);
        return output == Output.JSON ? report.finish(out, "tests", all) : report.finish(out);
    }

    private UnitTests unitTests(@Nullable List<String> only, boolean ignoreUnknownFields) {
        try {
            return new UnitTests(only == null ? null : String.join("|", only), ignoreUnknownFields);
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "--run: " + e.getMessage(), e);
        }
    }

    private static List<UnitTestResult> run(UnitTests tests, Path file) {
        try {
            return tests.run(file);
        } catch (IOException e) {
            return List.of(new UnitTestResult(file.toString(), "", List.of(file + ": cannot be read: " + e)));
        }
    }

    private static void print(PrintWriter out, Path file, List<UnitTestResult> results) {
        boolean failed = results.stream().anyMatch(result -> !result.passed());
        out.println(file + ": " + (failed ? "FAILED" : "SUCCESS"));
        for (UnitTestResult result : results) {
            for (String failure : result.failures()) {
                out.println((result.name().isEmpty() ? "" : "  " + result.name() + ":\n")
                        + failure.indent(4).stripTrailing());
            }
        }
    }
}
