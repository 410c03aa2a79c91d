package io.tocsin.standalone.cli;

import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code -o json|text}, for every command that prints data. */
public final class OutputFormat {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** How data is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    /** Prints {@code data} as one line of JSON, or runs {@code text}. */
    public void print(Object data, Runnable text) {
        switch (format) {
            case JSON -> System.out.println(JSON.writeValueAsString(data));
            case TEXT -> text.run();
        }
    }
}
