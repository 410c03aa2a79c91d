package io.tocsin.rulesengine.rules.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tocsin.rulesengine.rules.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** promtool's own test files give promtool's verdicts. */
class UnitTestFixturesTest {

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> givesTheVerdictsOfPromtool() throws IOException {
        Path folder = SharedData.folder("rules-fixtures/promtool");
        Map<String, List<Map<String, Object>>> expected = (Map<String, List<Map<String, Object>>>)
                SharedData.expected(folder).get("unit_tests");
        return expected.entrySet().stream().map(entry -> {
            // The last of several expectations is that with today's features on.
            Map<String, Object> verdict = entry.getValue().getLast();
            return dynamicTest(entry.getKey(), () -> {
                boolean lenient = Boolean.TRUE.equals(verdict.get("ignore_unknown_fields"));
                List<UnitTestResult> results = new UnitTests(null, lenient).run(folder.resolve(entry.getKey()));
                boolean failed = results.stream().anyMatch(result -> !result.passed());
                assertThat(failed)
                        .as(results.toString())
                        .isEqualTo(Integer.valueOf(1).equals(verdict.get("exit")));
            });
        });
    }
}
