package io.tocsin.rulesengine.rules;

import java.util.Locale;

/** Something wrong or doubtful in a file, with what was found and what was expected. */
public record Problem(Severity severity, Position position, String message) {

    /** An error refuses the file; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The form {@code file:line:column: message}; warnings say so. */
    @Override
    public String toString() {
        String mark = isError() ? "" : severity.name().toLowerCase(Locale.ROOT) + ": ";
        return position + ": " + mark + message;
    }
}
