package io.tocsin.benchmarks.detect;

import java.util.List;
import java.util.Locale;

/**
 * What was found of some series.
 *
 * @param windows how many windows there are
 * @param found how many of them have a detection
 * @param falseAlarms detections outside of every window
 */
record Counts(int windows, int found, int falseAlarms) {

    static Counts of(List<LabelledSeries> series, List<double[]> scores, double threshold) {
        int windows = 0;
        int found = 0;
        int falseAlarms = 0;
        for (int i = 0; i < series.size(); i++) {
            boolean[] hit = new boolean[series.get(i).windows().size()];
            int[] windowOf = Sweep.of(series.get(i), Profile.STANDARD).windowOf();
            for (int row = 0; row < windowOf.length; row++) {
                if (scores.get(i)[row] >= threshold && windowOf[row] >= 0) {
                    hit[windowOf[row]] = true;
                } else if (scores.get(i)[row] >= threshold && windowOf[row] == Sweep.OUTSIDE) {
                    falseAlarms++;
                }
            }
            windows += hit.length;
            for (boolean one : hit) {
                found += one ? 1 : 0;
            }
        }
        return new Counts(windows, found, falseAlarms);
    }

    String text(List<LabelledSeries> series, List<double[]> scores, double threshold) {
        String counts = String.format(
                Locale.ROOT,
                "%d files, %d of %d windows found, %d false alarms",
                series.size(),
                found,
                windows,
                falseAlarms);
        if (windows == 0) {
            return counts;
        }
        double score =
                new Scoring(series, Profile.STANDARD).at(scores, threshold).score();
        return counts + String.format(Locale.ROOT, ", standard %.1f", score);
    }
}
