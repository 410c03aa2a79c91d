package io.tocsin.notifier.route.file;

/**
 * One thing that is wrong with a file, or that it asks for in vain.
 *
 * @param file the file's name
 * @param line from 1
 * @param column from 1
 * @param kind whether the file is refused for it
 * @param message what was found and what was expected
 */
public record Problem(String file, int line, int column, Kind kind, String message) {

    /** What sort of problem. */
    public enum Kind {
        /** The file is refused, as Alertmanager refuses it. */
        INVALID,
        /** The file is used, and this part of it has no effect. */
        NOT_SUPPORTED
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
