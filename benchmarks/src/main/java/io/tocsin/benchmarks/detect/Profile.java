package io.tocsin.benchmarks.detect;

import java.util.List;

/**
 * What a detection, a missed window and a false alarm weigh. The numbers are those of NAB's {@code config/profiles.json}.
 *
 * @param name as NAB prints it
 * @param found the most that a window counts that was found
 * @param missed what a window costs that was not
 * @param falseAlarm the most that a detection outside of every window costs
 */
record Profile(String name, double found, double missed, double falseAlarm) {

    static final Profile STANDARD = new Profile("standard", 1, 1, 0.11);
    static final Profile LOW_FALSE_POSITIVES = new Profile("low FP", 1, 1, 0.22);
    static final Profile LOW_FALSE_NEGATIVES = new Profile("low FN", 1, 2, 0.11);

    static final List<Profile> ALL = List.of(STANDARD, LOW_FALSE_POSITIVES, LOW_FALSE_NEGATIVES);
}
