package io.tocsin.gotemplate;

import java.io.Serial;

/** A template that cannot be parsed or executed. The message is the one Go gives, wherever Go has one. */
public sealed class TemplateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private TemplateException(String message) {
        super(message);
    }

    /** The text is not a template. */
    public static final class Parse extends TemplateException {
        @Serial
        private static final long serialVersionUID = 1;

        private final int line;

        Parse(String message, int line) {
            super(message);
            this.line = line;
        }

        /** The line of the text, from 1. */
        public int line() {
            return line;
        }
    }

    /** The template failed on this data. */
    public static final class Execution extends TemplateException {
        @Serial
        private static final long serialVersionUID = 1;

        Execution(String message) {
            super(message);
        }
    }
}
