package io.tocsin.rulesengine.rules.unittest;

import java.util.List;

/**
 * The outcome of one test of a file.
 *
 * @param failures what was not as expected, each with its place; empty when the test passed
 */
public record UnitTestResult(String file, String name, List<String> failures) {
    public UnitTestResult {
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }
}
