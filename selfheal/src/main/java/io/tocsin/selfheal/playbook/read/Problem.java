package io.tocsin.selfheal.playbook.read;

/**
 * Something wrong in a file that a person wrote.
 *
 * @param file its name
 * @param line from 1
 * @param column from 1
 * @param message what was found, what was expected
 */
public record Problem(String file, int line, int column, String message) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
