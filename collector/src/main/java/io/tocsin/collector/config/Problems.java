package io.tocsin.collector.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects the problems of one file, so that one reading names them all. */
public final class Problems {

    private static final int FARTHEST = 3;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void at(Node node, String message) {
        at(node.getStartMark(), message);
    }

    void at(Optional<Mark> mark, String message) {
        int line = mark.map(m -> m.getLine() + 1).orElse(1);
        int column = mark.map(m -> m.getColumn() + 1).orElse(1);
        found.add(new Problem(file, line, column, message));
    }

    /** All of them, in the order of the file. */
    public List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** Names what is unknown and what was probably meant; when nothing is near, everything that is valid. */
    static String unknown(String what, String found, Collection<String> valid) {
        String all = String.join(", ", valid.stream().sorted().toList());
        return "unknown " + what + " \"" + found + "\"; "
                + valid.stream()
                        .filter(name -> distance(found, name) <= Math.min(FARTHEST, name.length() / 2))
                        .min(Comparator.comparingInt((String name) -> distance(found, name))
                                .thenComparing(Comparator.naturalOrder()))
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse("expected one of " + all);
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
