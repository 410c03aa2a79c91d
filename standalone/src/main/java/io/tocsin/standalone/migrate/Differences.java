package io.tocsin.standalone.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between two rounds of looking. What is on its way differs for a moment: a difference counts when it is
 * there in so many rounds in a row, and is told once.
 */
final class Differences {

    private final int rounds;
    private final Map<Difference, Integer> seen = new HashMap<>();
    private final Set<Difference> told = new HashSet<>();

    Differences(int rounds) {
        this.rounds = rounds;
    }

    /** Whose notice lists an alert that the other's does not. */
    enum Side {
        ALERTMANAGER,
        TOCSIN
    }

    /** An alert of a group that only one side tells of. */
    record Difference(Side only, Grouped alert) {}

    /**
     * Takes a look at both sides.
     *
     * @return differences that count from now on, in the order of receivers and groups
     */
    List<Difference> look(Set<Grouped> alertmanager, Set<Grouped> tocsin) {
        Set<Difference> now = new HashSet<>();
        only(alertmanager, tocsin).forEach(alert -> now.add(new Difference(Side.ALERTMANAGER, alert)));
        only(tocsin, alertmanager).forEach(alert -> now.add(new Difference(Side.TOCSIN, alert)));
        seen.keySet().retainAll(now);
        now.forEach(difference -> seen.merge(difference, 1, Integer::sum));
        List<Difference> fresh = new ArrayList<>();
        seen.forEach((difference, times) -> {
            if (times >= rounds && told.add(difference)) {
                fresh.add(difference);
            }
        });
        fresh.sort(Comparator.comparing(
                        (Difference difference) -> difference.alert().receiver())
                .thenComparing(difference -> difference.alert().group())
                .thenComparing(difference -> difference.alert().alert())
                .thenComparing(Difference::only));
        return fresh;
    }

    /** How many have counted so far. */
    int count() {
        return told.size();
    }

    private static Set<Grouped> only(Set<Grouped> these, Set<Grouped> those) {
        Set<Grouped> only = new HashSet<>(these);
        only.removeAll(those);
        return only;
    }
}
