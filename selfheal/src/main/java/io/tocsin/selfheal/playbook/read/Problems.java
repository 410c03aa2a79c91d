package io.tocsin.selfheal.playbook.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects the problems of one file. */
final class Problems {

    private static final int FARTHEST = 3;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(Node node, String message) {
        at(node.getStartMark(), message);
    }

    void at(Optional<Mark> mark, String message) {
        found.add(new Problem(
                file,
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                message));
    }

    /** A value, or the problem that its own constructor has with it. */
    <T> Optional<T> valid(Node node, Supplier<? extends T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            at(node, e.getMessage() == null ? e.toString() : e.getMessage());
            return Optional.empty();
        }
    }

    int count() {
        return found.size();
    }

    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** "unknown key \"stepz\", did you mean \"steps\"?", or the list of what is valid when nothing is near. */
    static String unknown(String what, String found, Collection<String> valid) {
        return "unknown " + what + " \"" + found + "\", "
                + valid.stream()
                        .filter(name -> distance(found, name) <= Math.min(FARTHEST, name.length() / 2))
                        .min(Comparator.comparingInt((String name) -> distance(found, name))
                                .thenComparing(name -> name))
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElseGet(() -> valid.isEmpty()
                                ? "there is none"
                                : "expected one of "
                                        + String.join(
                                                ", ", valid.stream().sorted().toList()));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
