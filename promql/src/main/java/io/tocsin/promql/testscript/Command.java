package io.tocsin.promql.testscript;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One command of a script; {@code line} counts from 1. */
sealed interface Command {

    int line();

    /** Adds samples, one each {@code stepMs} from time 0 on. */
    record Load(int line, long stepMs, boolean withCustomHistograms, List<Series> series) implements Command {}

    /**
     * One line of a load command.
     *
     * @param starts start timestamps relative to the samples, null if none are given
     */
    record Series(int line, SeriesDescription description, @Nullable List<OptionalLong> starts) {}

    /** Forgets all samples. */
    record Clear(int line) implements Command {}

    /** Asks a query and says what comes out. */
    record Eval(int line, String query, Times times, Expectation expectation) implements Command {}

    /** When a query is evaluated, in milliseconds. */
    sealed interface Times {
        record Instant(long atMs) implements Times {}

        record Range(long startMs, long endMs, long stepMs) implements Times {}
    }

    /** Something that is no command; running it fails with the message. */
    record Broken(int line, String message) implements Command {}
}
