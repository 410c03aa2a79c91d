package io.tocsin.benchmarks.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The score of a detector over a corpus: 0 for one that detects nothing, 100 for one that detects every window at its
 * first row and nothing else. One threshold holds for all files.
 */
final class Scoring {

    private final Profile profile;
    private final List<Sweep> sweeps = new ArrayList<>();
    private final int windows;

    Scoring(List<LabelledSeries> corpus, Profile profile) {
        this.profile = profile;
        corpus.forEach(series -> sweeps.add(Sweep.of(series, profile)));
        this.windows =
                corpus.stream().mapToInt(series -> series.windows().size()).sum();
    }

    /** A threshold, and what the detector scores with it. */
    record Outcome(double threshold, double score) {}

    /** What one series counts, not normalised. */
    double raw(int series, double[] scores, double threshold) {
        return sweeps.get(series).score(scores, threshold, profile.missed());
    }

    /** The score with a threshold that was chosen beforehand. */
    Outcome at(List<double[]> scores, double threshold) {
        double raw = 0;
        for (int i = 0; i < sweeps.size(); i++) {
            raw += raw(i, scores.get(i), threshold);
        }
        return new Outcome(threshold, normalised(raw));
    }

    /** The score with the threshold that suits it best, which is how NAB scores every detector. */
    Outcome best(List<double[]> scores) {
        List<Row> rows = rows(scores);
        double[][] best = new double[sweeps.size()][];
        double raw = 0;
        for (int i = 0; i < best.length; i++) {
            best[i] = new double[windowsOf(i)];
            Arrays.fill(best[i], -profile.missed());
            raw += sweeps.get(i).score(new double[scores.get(i).length], 1, profile.missed());
        }
        Outcome found = new Outcome(Double.POSITIVE_INFINITY, normalised(raw));
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            raw += gain(best[row.series()], sweeps.get(row.series()), row.row());
            boolean last = i + 1 == rows.size() || rows.get(i + 1).score() < row.score();
            if (last && normalised(raw) > found.score()) {
                found = new Outcome(row.score(), normalised(raw));
            }
        }
        return found;
    }

    private record Row(int series, int row, double score) {}

    private List<Row> rows(List<double[]> scores) {
        List<Row> rows = new ArrayList<>();
        for (int series = 0; series < sweeps.size(); series++) {
            double[] of = scores.get(series);
            for (int row = 0; row < of.length; row++) {
                if (sweeps.get(series).windowOf()[row] != Sweep.PROBATION && of[row] > 0) {
                    rows.add(new Row(series, row, of[row]));
                }
            }
        }
        rows.sort(Comparator.comparingDouble(Row::score).reversed());
        return rows;
    }

    private int windowsOf(int series) {
        return Math.max(0, Arrays.stream(sweeps.get(series).windowOf()).max().orElse(0) + 1);
    }

    private static double gain(double[] best, Sweep sweep, int row) {
        int window = sweep.windowOf()[row];
        if (window == Sweep.OUTSIDE) {
            return sweep.worth()[row];
        }
        double before = best[window];
        best[window] = Math.max(before, sweep.worth()[row]);
        return best[window] - before;
    }

    private double normalised(double raw) {
        double nothing =
                -profile.missed() * sweeps.stream().mapToInt(Sweep::windows).sum();
        return 100 * (raw - nothing) / (profile.found() * windows - nothing);
    }
}
