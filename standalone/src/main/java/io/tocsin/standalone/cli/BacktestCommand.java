package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.backtest.Backtest;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.rules.Durations;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.apply.Namespaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules backtest}. */
@Command(
        name = "backtest",
        description = "What rules would have said over telemetry of the past, next to those that are deployed.",
        mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {

    private static final long NANOS_PER_MILLI = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Rule files, and folders of them.")
    private List<Path> paths = List.of();

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "What tocsin record wrote (default: Kafka as it is now).")
    private @Nullable Path recording;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "Interval of groups that name none, as the engine has it (default: ${DEFAULT-VALUE}).")
    private String interval = "15s";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Where the files are to be deployed (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(names = "--all", description = "List every alert, not only the first ones of each rule.")
    private boolean all;

    @Mixin
    private final SpanOptions times = new SpanOptions();

    @Mixin
    private final KafkaAddress kafka = new KafkaAddress();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            converter = Output.Converter.class,
            description = "text or json")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        RuleTexts.read(paths)
                .forEach((name, text) -> files.put(Namespaces.file(Namespaces.called(namespace), name), text));
        Duration standard = Durations.parse(interval)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new UserError("--interval: expected a duration as 15s, found '" + interval + "'"));
        LogSource source = recording == null ? LogSource.kafka(kafka.clientProperties()) : LogSource.file(recording);
        long started = System.nanoTime();
        Backtest.Outcome outcome = run(new Backtest(source, standard, times.span(Instant.now())), files);
        return print(outcome, (System.nanoTime() - started) / NANOS_PER_MILLI);
    }

    private Backtest.Outcome run(Backtest backtest, SequencedMap<String, String> files) {
        try {
            return backtest.run(files);
        } catch (KafkaException e) {
            throw new UserError(
                    "the Kafka at " + kafka.bootstrapServers() + " cannot be read: " + e.getMessage()
                            + "; start an instance with ./tocsin up, name its --data directory or --port-offset, or a --recording");
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UserError unreadable(Exception problem) {
        return new UserError("the log cannot be read: " + problem.getMessage());
    }

    private int print(Backtest.Outcome outcome, long tookMs) {
        PrintWriter out = spec.commandLine().getOut();
        return switch (outcome) {
            case Backtest.Outcome.Refused refused -> {
                refused(out, refused.problems());
                yield Report.FINDINGS;
            }
            case Backtest.Outcome.Empty _ -> throw new UserError("the log has no telemetry in that time");
            case Backtest.Outcome.Done done -> {
                BacktestText text = new BacktestText(done.report(), tookMs);
                if (output == Output.JSON) {
                    Report.json(out, text.json());
                } else {
                    text.print(out, all);
                }
                yield text.failures() == 0 ? Report.OK : Report.FINDINGS;
            }
        };
    }

    private void refused(PrintWriter out, List<Problem> problems) {
        if (output == Output.JSON) {
            Report.json(
                    out,
                    Map.of("problems", problems.stream().map(RuleTexts::detail).toList()));
        } else {
            problems.forEach(out::println);
            out.flush();
        }
    }
}
