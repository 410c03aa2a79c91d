package io.tocsin.standalone.heal;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who does something, and why: both are written to the audit. */
final class Person {

    @Option(names = "--by", description = "Who you are (default: ${DEFAULT-VALUE}).")
    private String by = System.getProperty("user.name");

    @Option(names = "--reason", description = "Why.")
    private String reason = "";

    Map<String, Object> body() {
        return Map.of("by", by, "note", reason);
    }

    @Override
    public String toString() {
        return by + (reason.isEmpty() ? "" : ": " + reason);
    }
}
