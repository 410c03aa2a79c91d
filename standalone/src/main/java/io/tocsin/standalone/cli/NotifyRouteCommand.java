package io.tocsin.standalone.cli;

import io.tocsin.notifier.ConfigurationRefused;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Matcher.Operator;
import io.tocsin.notifier.route.MatcherParser;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.RouteTree;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin notify route}: the routing tree, and where alerts with certain labels go. */
@Command(
        name = "route",
        description = "Show the routing tree, and where alerts go",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class NotifyRouteCommand implements Runnable {
    private static final String CONFIG = "config/alertmanager.yml";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(name = "show", description = "Show the whole routing tree", mixinStandardHelpOptions = true)
    int show(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            defaultValue = CONFIG,
                            description = "the notifier's configuration (default: ${DEFAULT-VALUE})")
                    Path config) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Routing tree:");
        out.print(RouteTree.all(root(config)));
        out.flush();
        return Report.OK;
    }

    @Command(
            name = "test",
            description = "Show which routes an alert with these labels passes, and which receivers are told",
            mixinStandardHelpOptions = true)
    int test(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            defaultValue = CONFIG,
                            description = "the notifier's configuration (default: ${DEFAULT-VALUE})")
                    Path config,
            @Option(
                            names = "--verify-receivers",
                            paramLabel = "NAMES",
                            description = "fail unless these receivers are told, in this order; comma-separated")
                    @Nullable
                    String expected,
            @Parameters(paramLabel = "LABEL=VALUE", arity = "0..*", description = "the alert's labels") @Nullable
                    List<String> labels) {
        PrintWriter out = spec.commandLine().getOut();
        SortedMap<String, String> alert = labels(labels == null ? List.of() : labels);
        Route root = root(config);
        String receivers = root.reached(alert).stream()
                .map(route -> route.options().receiver())
                .collect(Collectors.joining(","));
        out.println("Matching routes:");
        out.print(RouteTree.matching(root, alert));
        out.println();
        out.println(receivers);
        boolean asExpected = expected == null || expected.equals(receivers);
        if (!asExpected) {
            out.println("expected the receivers " + expected);
        }
        out.flush();
        return asExpected ? Report.OK : Report.FINDINGS;
    }

    private SortedMap<String, String> labels(List<String> texts) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (String text : texts) {
            List<Matcher> matchers;
            try {
                matchers = MatcherParser.parse(text);
            } catch (MatcherParser.SyntaxException e) {
                throw new ParameterException(spec.commandLine(), "not a label: " + text + ": " + e.getMessage(), e);
            }
            if (matchers.size() != 1 || matchers.getFirst().operator() != Operator.EQUAL) {
                throw new ParameterException(spec.commandLine(), "not a label: " + text + ": expected name=value");
            }
            labels.put(matchers.getFirst().name(), matchers.getFirst().value());
        }
        return labels;
    }

    private static Route root(Path config) {
        try {
            return ConfigurationRefused.load(config).root();
        } catch (ConfigurationRefused e) {
            throw new UserError("the configuration has problems\n" + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new UserError(e.getMessage() + ": " + e.getCause());
        }
    }
}
