package io.tocsin.collector.config;

/**
 * A mistake in a file.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param message what was found and what was expected
 */
public record Problem(String file, int line, int column, String message) {

    /** The form {@code file:line:column: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
