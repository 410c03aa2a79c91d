package io.tocsin.standalone.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a command prints its data. */
enum Output {
    TEXT,
    JSON;

    /** Reads {@code text} or {@code json}. */
    static final class Converter implements ITypeConverter<Output> {
        @Override
        public Output convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("expected text or json, found '" + value + "'");
            };
        }
    }
}
