package io.tocsin.notifier.route.file;

import java.util.Collection;
import java.util.Optional;

/** The name somebody probably meant. */
final class NearestName {

    private NearestName() {}

    /** The closest of the names by Levenshtein distance, unless a third or more of the letters differ. */
    static Optional<String> of(String found, Collection<String> names) {
        String best = null;
        int bestDistance = Math.max(2, found.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(found, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The hint to end a message with, empty when nothing is near. */
    static String hint(String found, Collection<String> names) {
        return of(found, names).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
