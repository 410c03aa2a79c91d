package io.tocsin.promql.testscript;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Runs scripts in the test language of Prometheus' own engine tests. */
public final class TestScript {
    private final String name;
    private final PrintStream out;
    private final ScriptStore store = new ScriptStore();
    private final Evaluation evaluation;
    private int passed;
    private int failed;

    private TestScript(String name, PrintStream out) {
        this.name = name;
        this.out = out;
        this.evaluation = new Evaluation(new Engine(options()), store);
    }

    /** The engine as Prometheus' own tests set it up: the optional behaviours are on, limits as by default. */
    public static EngineOptions options() {
        return EngineOptions.DEFAULT
                .withDefaultSubqueryStep(range -> 60_000)
                .withDelayedNameRemoval(true)
                .withStartTimestamps(true);
    }

    /**
     * Runs a script file and prints each failure as {@code file:line: …} with what was expected and what came out.
     *
     * @throws IOException if the file cannot be read
     */
    public static Outcome run(Path file, PrintStream out) throws IOException {
        return run(file.toString(), Files.readString(file, StandardCharsets.UTF_8), out);
    }

    /** Runs a script that is at hand as text; {@code name} stands for the file in failures. */
    public static Outcome run(String name, String script, PrintStream out) {
        TestScript run = new TestScript(name, out);
        for (Command command : ScriptParser.parse(script)) {
            run.execute(command);
        }
        return new Outcome(run.passed, run.failed);
    }

    private void execute(Command command) {
        switch (command) {
            case Command.Clear clear -> store.clear();
            case Command.Load load -> load(load);
            case Command.Eval eval -> {
                List<String> problems = evaluation.check(eval);
                if (problems.isEmpty()) {
                    passed++;
                } else {
                    fail(eval.line(), eval.query() + "\n    " + String.join("\n    ", problems));
                }
            }
            case Command.Broken broken -> fail(broken.line(), broken.message());
        }
    }

    private void fail(int line, String message) {
        failed++;
        out.println(name + ":" + line + ": " + message);
    }

    private void load(Command.Load load) {
        ClassicToCustom classic = new ClassicToCustom();
        Map<Labels, Command.Series> lastOfEach = new LinkedHashMap<>();
        // Of two lines for one series the later one counts.
        load.series().forEach(series -> lastOfEach.put(series.description().labels(), series));
        for (Command.Series series : lastOfEach.values()) {
            try {
                load(load, series, classic);
            } catch (ScriptException e) {
                fail(series.line(), e.getMessage());
            }
        }
        if (load.withCustomHistograms()) {
            try {
                for (ClassicToCustom.Sample s : classic.convert()) {
                    store.add(s.labels(), s.timestampMs(), 0, s.histogram(), 0);
                }
            } catch (ScriptException e) {
                fail(load.line(), e.getMessage());
            }
        }
    }

    private void load(Command.Load load, Command.Series series, ClassicToCustom classic) throws ScriptException {
        Labels labels = series.description().labels();
        List<Point> points = series.description().points();
        for (int i = 0; i < points.size(); i++) {
            long time = i * load.stepMs();
            OptionalLong start = series.starts() == null
                    ? OptionalLong.empty()
                    : series.starts().get(i);
            long startMs = start.isPresent() ? time + start.getAsLong() : 0;
            switch (points.get(i)) {
                case Point.Omitted omitted -> {}
                case Point.Value v -> {
                    store.add(labels, time, v.value(), null, startMs);
                    if (!StaleNaN.is(v.value()) && load.withCustomHistograms()) {
                        classic.add(labels, time, v.value());
                    }
                }
                case Point.Histogram h -> addHistogram(labels, time, h.value(), startMs);
            }
        }
    }

    private void addHistogram(Labels labels, long time, FloatHistogram histogram, long startMs) throws ScriptException {
        String problem = histogram.isStale() ? null : histogram.inconsistency();
        if (problem != null) {
            throw new ScriptException(labels + " at " + time + " ms: " + problem);
        }
        store.add(labels, time, 0, histogram, startMs);
    }
}
