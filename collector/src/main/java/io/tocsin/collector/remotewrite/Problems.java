package io.tocsin.collector.remotewrite;

import java.util.ArrayList;
import java.util.List;

/** What of a request is not written, in words for the sender's log; bounded. */
public final class Problems {

    private static final int MOST_EXAMPLES = 3;
    private static final int MOST_CHARS = 200;

    private final List<String> examples = new ArrayList<>();
    private int rejected;

    /** {@code count} samples, histograms or exemplars are not written. */
    void add(int count, String why) {
        rejected += count;
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(why.length() > MOST_CHARS ? why.substring(0, MOST_CHARS) + "…" : why);
        }
    }

    int count() {
        return rejected;
    }

    boolean isEmpty() {
        return examples.isEmpty();
    }

    String message() {
        return rejected + " not written; for example: " + String.join("; ", examples);
    }
}
