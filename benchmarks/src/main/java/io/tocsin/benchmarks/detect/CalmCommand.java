package io.tocsin.benchmarks.detect;

import io.tocsin.rulesengine.detect.spike.Sensitivity;
import io.tocsin.rulesengine.detect.spike.SpikeDetector;
import io.tocsin.rulesengine.detect.spike.SpikePolicy;
import io.tocsin.rulesengine.detect.spike.SpikeState;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin bench calm}: how often the spike detector alarms over series in which nothing is wrong, against the
 * budget that each sensitivity states for one rule over all of them. Exit code 1 tells that one was exceeded.
 */
@Command(
        name = "calm",
        description = "Counts false alarms of the spike detector over healthy series",
        mixinStandardHelpOptions = true)
public final class CalmCommand implements Callable<Integer> {

    private static final long MINUTE_MS = 60_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(names = "--series", defaultValue = "1000", description = "how many (default ${DEFAULT-VALUE})")
    private int series;

    @Option(names = "--days", defaultValue = "30", description = "for how long (default ${DEFAULT-VALUE})")
    private int days;

    @Option(names = "--seed", defaultValue = "1", description = "where the series start (default ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        int[][] alarms = LongStream.range(0, series)
                .parallel()
                .mapToObj(number -> alarms(seed * 1_000_003 + number))
                .toArray(int[][]::new);
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean kept = true;
        Sensitivity[] sensitivities = Sensitivity.values();
        for (int i = 0; i < sensitivities.length; i++) {
            kept &= report(out, sensitivities[i], alarmsAt(alarms, i));
        }
        double values = 3.0 * series * days * CalmSeries.MINUTES_A_DAY;
        out.println(String.format(Locale.ROOT, "%.0f million values in %.0f s", values / 1e6, seconds));
        out.flush();
        return kept ? 0 : 1;
    }

    private static int[] alarmsAt(int[][] alarms, int sensitivity) {
        return Arrays.stream(alarms).mapToInt(of -> of[sensitivity]).toArray();
    }

    /** Whether the budget was kept. */
    private boolean report(PrintWriter out, Sensitivity sensitivity, int[] alarms) {
        int total = Arrays.stream(alarms).sum();
        double periods = days
                * CalmSeries.MINUTES_A_DAY
                * (double) MINUTE_MS
                / sensitivity.budget().periodMs();
        double budget = sensitivity.budget().alarms() * periods;
        out.println(String.format(
                Locale.ROOT,
                "%s: %d false alarms of %d series in %d days, budget %.1f for all together; margin %.2f",
                sensitivity.name().toLowerCase(Locale.ROOT),
                total,
                series,
                days,
                budget,
                margin(sensitivity)));
        return total <= budget;
    }

    private double margin(Sensitivity sensitivity) {
        return sensitivity.budget().margin(series, MINUTE_MS);
    }

    /** Per sensitivity the alarms of one series. */
    private int[] alarms(long seriesSeed) {
        CalmSeries calm = new CalmSeries(seriesSeed);
        List<SpikeDetector> detectors = new ArrayList<>();
        List<SpikeState> states = new ArrayList<>();
        for (Sensitivity sensitivity : Sensitivity.values()) {
            detectors.add(new SpikeDetector(SpikePolicy.of(margin(sensitivity))));
            states.add(new SpikeState());
        }
        int[] alarms = new int[detectors.size()];
        for (int minute = 0; minute < days * CalmSeries.MINUTES_A_DAY; minute++) {
            double value = calm.next(minute);
            for (int i = 0; i < alarms.length; i++) {
                Phase phase = detectors
                        .get(i)
                        .step(states.get(i), minute * MINUTE_MS, value)
                        .verdict()
                        .phase();
                alarms[i] += phase == Phase.STARTED ? 1 : 0;
            }
        }
        return alarms;
    }
}
