package io.tocsin.console.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says about rule files.
 *
 * @param outcome "valid", "published", "unchanged" or "refused"
 * @param version that they are in force as; empty when they are not
 * @param effectiveFrom when that begins, ISO 8601; empty when it does not
 * @param problems errors and warnings
 */
public record RuleCheck(String outcome, String version, String effectiveFrom, List<Problem> problems) {

    /**
     * A mistake, or what may be one.
     *
     * @param severity "error" or "warning"
     * @param file its name
     * @param line from 1
     * @param column from 1
     * @param message in words
     */
    public record Problem(String severity, String file, int line, int column, String message) {

        /** Whether it keeps the files from being taken. */
        public boolean isError() {
            return severity.equals("error");
        }
    }

    public RuleCheck(
            @Nullable String outcome,
            @Nullable String version,
            @Nullable String effectiveFrom,
            @Nullable List<Problem> problems) {
        this.outcome = outcome == null ? "refused" : outcome;
        this.version = version == null ? "" : version;
        this.effectiveFrom = effectiveFrom == null ? "" : effectiveFrom;
        this.problems = problems == null ? List.of() : List.copyOf(problems);
    }

    /** Whether the files are as they should be. */
    public boolean isValid() {
        return !outcome.equals("refused");
    }
}
