package io.tocsin.rulesengine.evaluate;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one tick led to.
 *
 * @param notices the transitions, by fingerprint
 * @param environments those that must hear that the tick is done
 */
public record Outcome(long tickMs, boolean complete, List<Notice> notices, SortedSet<String> environments) {
    public Outcome {
        notices = List.copyOf(notices);
        environments = new TreeSet<>(environments);
    }
}
