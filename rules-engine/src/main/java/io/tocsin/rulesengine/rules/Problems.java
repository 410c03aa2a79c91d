package io.tocsin.rulesengine.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems while files are read, so that one run names them all. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void error(Position at, String message) {
        found.add(new Problem(Problem.Severity.ERROR, at, message));
    }

    public void warning(Position at, String message) {
        found.add(new Problem(Problem.Severity.WARNING, at, message));
    }

    public void addAll(List<Problem> others) {
        found.addAll(others);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    public List<Problem> sorted() {
        return found.stream().sorted(Comparator.comparing(Problem::position)).toList();
    }
}
