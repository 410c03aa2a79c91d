package io.tocsin.notifier.route.file;

/**
 * One thing that keeps a file from being used.
 *
 * @param file the file's name
 * @param line from 1
 * @param column from 1
 * @param kind whether the file is wrong, or right and ahead of what is built
 * @param message what was found and what was expected
 */
public record Problem(String file, int line, int column, Kind kind, String message) {

    /** What sort of problem. */
    public enum Kind {
        /** Alertmanager would refuse it too, or ought to. */
        INVALID,
        /** Valid, but Tocsin cannot do it yet, and does not start as if it could. */
        NOT_SUPPORTED
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
