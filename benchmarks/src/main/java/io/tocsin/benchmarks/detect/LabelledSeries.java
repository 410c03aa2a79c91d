package io.tocsin.benchmarks.detect;

import java.util.List;

/**
 * One file of the benchmark.
 *
 * @param name category and file, as the labels name it
 * @param timesMs Unix milliseconds, in the order of the file
 * @param values one per time
 * @param windows where a detection is right, in order
 */
@SuppressWarnings("ArrayRecordComponent") // A list would box what is read in a loop; nobody compares or changes it.
record LabelledSeries(String name, long[] timesMs, double[] values, List<Window> windows) {

    /** The rows of a window, both included. */
    record Window(int first, int last) {
        int rows() {
            return last - first + 1;
        }
    }

    LabelledSeries {
        windows = List.copyOf(windows);
    }

    int rows() {
        return values.length;
    }

    String category() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** The first row that counts: NAB leaves out 15 % of a file, at most 750 rows, in which a detector may learn. */
    int probation() {
        return (int) Math.min(Math.floor(0.15 * rows()), 750);
    }
}
