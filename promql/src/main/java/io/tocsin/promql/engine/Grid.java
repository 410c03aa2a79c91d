package io.tocsin.promql.engine;

/** The times of an evaluation: {@code start}, {@code start + step}, and so on, {@code steps} of them, in milliseconds. */
record Grid(long start, long step, int steps) {

    static Grid instant(long at) {
        return new Grid(at, 1, 1);
    }

    /** The times from start up to end; none where the end is before the start. */
    static Grid of(long start, long end, long step, Budget budget) {
        if (end < start) {
            return new Grid(start, step, 0);
        }
        long steps = (end - start) / step + 1;
        // An overflow of the difference shows as a negative number.
        if (end - start < 0 || steps > budget.maxSteps()) {
            throw budget.tooManySteps(steps);
        }
        return new Grid(start, step, (int) steps);
    }

    long at(int index) {
        return start + index * step;
    }

    long end() {
        return at(Math.max(steps - 1, 0));
    }

    boolean isInstant() {
        return steps == 1;
    }

    Grid first() {
        return new Grid(start, step, Math.min(steps, 1));
    }
}
