package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.file.Problem.Kind;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** One reading of one file: collects every problem, so that all are shown in one run. */
final class Reading {

    private final String file;
    private final Set<Problem> problems = new LinkedHashSet<>();

    Reading(String file) {
        this.file = file;
    }

    void invalid(Node at, String message) {
        add(at.getStartMark(), Kind.INVALID, message);
    }

    /** A problem inside a scalar, {@code offset} characters after its text begins. */
    void invalid(Node at, int offset, String message) {
        Optional<Mark> mark = at.getStartMark();
        int line = mark.map(m -> m.getLine() + 1).orElse(1);
        int column = mark.map(m -> m.getColumn() + 1).orElse(1);
        problems.add(new Problem(file, line, column + offset, Kind.INVALID, message));
    }

    /** Something in another file. */
    void invalidElsewhere(String other, int line, String message) {
        problems.add(new Problem(other, line, 1, Kind.INVALID, message));
    }

    void notSupported(Node at, String message) {
        add(at.getStartMark(), Kind.NOT_SUPPORTED, message);
    }

    void add(Optional<Mark> mark, Kind kind, String message) {
        problems.add(new Problem(
                file,
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                kind,
                message));
    }

    /** Those of a kind, in the order of the file. */
    List<Problem> problems(Kind kind) {
        return problems.stream()
                .filter(problem -> problem.kind() == kind)
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
