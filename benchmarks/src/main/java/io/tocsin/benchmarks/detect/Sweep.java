package io.tocsin.benchmarks.detect;

import io.tocsin.benchmarks.detect.LabelledSeries.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a detection at each row of a series is worth, after section 3 of Lavin and Ahmad, "Evaluating Real-time Anomaly
 * Detection Algorithms: the Numenta Anomaly Benchmark" (2015), and NAB's {@code sweeper.py}: a sigmoid over the position
 * relative to the window, of which only the best detection counts within a window and every one counts outside.
 *
 * @param windowOf per row the window it lies in, {@link #OUTSIDE} or {@link #PROBATION}
 * @param worth per row what a detection there counts
 * @param windows the windows that are not wholly in probation
 */
@SuppressWarnings("ArrayRecordComponent") // A list would box what is read in a loop; nobody compares or changes it.
record Sweep(int[] windowOf, double[] worth, int windows) {

    static final int OUTSIDE = -1;
    static final int PROBATION = -2;

    private static final double FARTHEST = 3.0;

    static Sweep of(LabelledSeries series, Profile profile) {
        int[] windowOf = new int[series.rows()];
        double[] worth = new double[series.rows()];
        List<Window> windows = series.windows();
        int next = 0;
        for (int row = 0; row < series.rows(); row++) {
            while (next < windows.size() && windows.get(next).last() < row) {
                next++;
            }
            boolean inside = next < windows.size() && windows.get(next).first() <= row;
            windowOf[row] = row < series.probation() ? PROBATION : inside ? next : OUTSIDE;
            worth[row] = inside
                    ? profile.found() * inside(windows.get(next), row)
                    : profile.falseAlarm() * (next == 0 ? -1 : outside(windows.get(next - 1), row));
        }
        int counted = (int)
                windows.stream().filter(w -> w.last() >= series.probation()).count();
        return new Sweep(windowOf, worth, counted);
    }

    private static double inside(Window window, int row) {
        return sigmoid(-(window.last() - row + 1) / (double) window.rows()) / sigmoid(-1);
    }

    private static double outside(Window before, int row) {
        return sigmoid((row - before.last()) / (before.rows() - 1.0));
    }

    private static double sigmoid(double position) {
        return position > FARTHEST ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
    }

    /** What the detections of this series count, with those rows detected whose score reaches the threshold. */
    double score(double[] scores, double threshold, double missed) {
        double[] best = new double[bestSize()];
        Arrays.fill(best, -missed);
        double outside = 0;
        for (int row = 0; row < scores.length; row++) {
            if (scores[row] >= threshold && windowOf[row] != PROBATION) {
                if (windowOf[row] == OUTSIDE) {
                    outside += worth[row];
                } else {
                    best[windowOf[row]] = Math.max(best[windowOf[row]], worth[row]);
                }
            }
        }
        double sum = outside;
        for (int window : seen()) {
            sum += best[window];
        }
        return sum;
    }

    private int bestSize() {
        int highest = -1;
        for (int window : windowOf) {
            highest = Math.max(highest, window);
        }
        return highest + 1;
    }

    private List<Integer> seen() {
        List<Integer> seen = new ArrayList<>();
        for (int window : windowOf) {
            if (window >= 0 && (seen.isEmpty() || seen.getLast() != window)) {
                seen.add(window);
            }
        }
        return seen;
    }
}
