package io.tocsin.standalone.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The end of a command that checks things: how many passed and failed, as the last line and as the exit code. */
public record Report(int passed, int failed) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** No findings. */
    static final int OK = 0;

    static final int FINDINGS = 1;

    /** Prints the last line; returns the exit code. */
    public int finish(PrintWriter out) {
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return exitCode();
    }

    /** The same with the details as one JSON document instead of text. */
    int finish(PrintWriter out, String name, Object details) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(name, details);
        document.put("passed", passed);
        document.put("failed", failed);
        json(out, document);
        return exitCode();
    }

    static void json(PrintWriter out, Object document) {
        out.println(JSON.writeValueAsString(document));
        out.flush();
    }

    private int exitCode() {
        return failed == 0 ? OK : FINDINGS;
    }
}
