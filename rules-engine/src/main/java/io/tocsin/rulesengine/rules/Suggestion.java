package io.tocsin.rulesengine.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the valid name that was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest name within a third of the length (at least two) of edits. */
    public static Optional<String> nearest(String found, Collection<String> valid) {
        return valid.stream()
                .filter(name -> distance(found, name) <= Math.max(2, found.length() / 3))
                .min(Comparator.<String>comparingInt(name -> distance(found, name))
                        .thenComparing(name -> name));
    }

    /** The end of a message: what was probably meant, or else everything that is valid. */
    public static String hint(String found, Collection<String> valid) {
        return nearest(found, valid)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> "; expected one of "
                        + String.join(", ", valid.stream().sorted().toList()));
    }

    /** Levenshtein's distance, with neighbours swapped counted as one edit. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
