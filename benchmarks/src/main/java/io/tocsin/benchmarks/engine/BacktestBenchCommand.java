package io.tocsin.benchmarks.engine;

import io.tocsin.rulesengine.Replay;
import io.tocsin.rulesengine.backtest.Past;
import io.tocsin.rulesengine.backtest.Rerun;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.Durations;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench backtest}: how long rules take over a log of the past that is made on the way. */
@Command(
        name = "backtest",
        description = "Rules over synthetic telemetry of the past, as tocsin rules backtest evaluates them.",
        mixinStandardHelpOptions = true)
public final class BacktestBenchCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Option(names = "--series", description = "Series (default: ${DEFAULT-VALUE}).")
    private int series = 1_000;

    @Option(names = "--rules", description = "Alerting rules (default: ${DEFAULT-VALUE}).")
    private int rules = 20;

    @Option(names = "--interval", description = "Of reports and of rule groups (default: ${DEFAULT-VALUE}).")
    private String interval = "15s";

    @Option(names = "--span", description = "Length of the log (default: ${DEFAULT-VALUE}).")
    private String span = "1d";

    @Override
    public Integer call() throws Exception {
        Duration step = Durations.parse(interval).orElseThrow();
        Duration length = Durations.parse(span).orElseThrow();
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("bench.yaml", RulePack.file(rules, interval));
        int targets = Math.max(1, series / Fleet.SERIES_PER_TARGET);
        LogSource source = (topics, asked) -> new FleetLog(new Fleet(targets, 1), step, length);
        long started = System.nanoTime();
        long startedProcessor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Rerun rerun = Rerun.of(
                source,
                new Past(new TreeMap<>(), List.of(), new Replay(true, Map.of()), 0),
                step,
                compiler -> List.of(compiler.compile("bench", Long.MIN_VALUE, files)),
                Span.WHOLE);
        double seconds = (System.nanoTime() - started) / NANOS;
        double processor = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startedProcessor) / NANOS;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("series", targets * Fleet.SERIES_PER_TARGET);
        line.put("rules", rules);
        line.put("span", span);
        line.put("records", rerun.records());
        line.put("ticks", (rerun.lastTickMs() - rerun.firstTickMs()) / 1000);
        line.put("seconds", Math.round(seconds * 10) / 10.0);
        line.put("processorSeconds", Math.round(processor * 10) / 10.0);
        double samples = (double) targets * Fleet.SERIES_PER_TARGET * length.toMillis() / step.toMillis();
        line.put("samplesPerSecond", Math.round(samples / seconds));
        System.out.println(JsonMapper.shared().writeValueAsString(line));
        return rerun.poison() == 0 && rerun.transitions().isEmpty() ? 0 : 1;
    }
}
