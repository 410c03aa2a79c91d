package io.tocsin.promql.testscript;

/** How many evaluations of a script did what the script says. A command that cannot be run counts as a failed one. */
public record Outcome(int passed, int failed) {

    /** Both together. */
    public Outcome plus(Outcome other) {
        return new Outcome(passed + other.passed, failed + other.failed);
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed";
    }
}
