package io.tocsin.rulesengine.evaluate;

import java.util.List;

/**
 * What one tick led to.
 *
 * @param notices the transitions, by fingerprint
 */
public record Outcome(long tickMs, boolean complete, List<Notice> notices) {
    public Outcome {
        notices = List.copyOf(notices);
    }
}
