package io.tocsin.benchmarks.converge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench interleavings}: random histories through convergence, one JSON line; exit code 1 when one fails. */
@Command(
        name = "interleavings",
        description =
                "Tells convergence random histories, with repeats, lateness and restarts, and checks what it says.",
        mixinStandardHelpOptions = true)
public final class InterleavingsCommand implements Callable<Integer> {

    private static final long STRIDE = 1_000_003;
    private static final double NANOS = 1e9;

    @Option(names = "--runs", description = "How many histories (default: ${DEFAULT-VALUE}).")
    private long runs = 1_000_000;

    @Option(names = "--seed", description = "Another one gives other histories (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() {
        long started = System.nanoTime();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("runs", runs);
        figures.put("seed", seed);
        int exit = 0;
        try {
            long restarts = LongStream.range(0, runs)
                    .parallel()
                    .map(run -> Interleaving.run(seed * STRIDE + run))
                    .sum();
            figures.put("restarts", restarts);
            figures.put("failed", 0);
        } catch (AssertionError e) {
            figures.put("failed", String.valueOf(e.getMessage()));
            exit = 1;
        }
        figures.put("seconds", Math.round((System.nanoTime() - started) / NANOS));
        System.out.println(JsonMapper.shared().writeValueAsString(figures));
        return exit;
    }
}
