package io.tocsin.benchmarks.promql;

import io.tocsin.benchmarks.promql.QueryBenchmark.Shape;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin bench promql}: the JMH benchmarks of this package, each with processor time and bytes per operation. */
@Command(
        name = "promql",
        description = "Measures parsing and evaluation of queries: one JSON line each",
        mixinStandardHelpOptions = true)
public final class QueriesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(
            names = "--only",
            defaultValue = "QueryBenchmark|ParseBenchmark",
            description = "benchmarks, as JMH selects them")
    private String only = "";

    @Option(
            names = "--series",
            split = ",",
            defaultValue = "10000",
            description = "numbers of series (default ${DEFAULT-VALUE})")
    private String[] series = {};

    @Option(names = "--shape", split = ",", description = "shapes of queries (default all): ${COMPLETION-CANDIDATES}")
    private Shape[] shapes = Shape.values();

    @Option(names = "--jfr", description = "also record each with Flight Recorder")
    private boolean jfr;

    @Override
    public Integer call() throws RunnerException {
        PrintWriter out = spec.commandLine().getOut();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(only)
                .param("series", series)
                .param("shape", Arrays.stream(shapes).map(Enum::name).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .verbosity(VerboseMode.SILENT);
        if (jfr) {
            options = options.addProfiler("jfr");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            out.println(line(result));
        }
        out.flush();
        return results.isEmpty() ? 1 : 0;
    }

    /** Samples are what the query's selectors cover: the whole six hours for a range, the last five minutes else. */
    private static String line(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String name = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        double millis = value(result, "cpu.norm");
        StringBuilder line = new StringBuilder("{\"benchmark\":\"" + name + "\"");
        for (String key : List.of("shape", "series")) {
            String value = result.getParams().getParam(key);
            if (value != null) {
                line.append(",\"").append(key).append("\":\"").append(value).append('"');
            }
        }
        line.append(String.format(
                Locale.ROOT,
                ",\"score\":%.3f,\"unit\":\"%s\",\"cpuMs\":%.3f,\"bytes\":%.0f",
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit(),
                millis,
                value(result, "gc.alloc.rate.norm")));
        String count = result.getParams().getParam("series");
        if (count != null && name.contains("Query")) {
            Shape shape = Shape.valueOf(String.valueOf(result.getParams().getParam("shape")));
            double samples = shape.samples(Integer.parseInt(count), name.endsWith("range"));
            line.append(String.format(Locale.ROOT, ",\"samplesPerCpuSecond\":%.0f", samples / millis * 1000));
        }
        return line.append('}').toString();
    }

    private static double value(RunResult result, String key) {
        Result<?> secondary = result.getSecondaryResults().get(key);
        return secondary == null ? Double.NaN : secondary.getScore();
    }
}
