package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Prometheus' own rule files: the good ones are accepted, the bad ones refused at the right place. */
class RuleFixturesTest {

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> agreesWithPrometheusOnEachFile() throws IOException {
        Path folder = SharedData.folder("rules-fixtures/rulefmt");
        return SharedData.expected(folder).entrySet().stream().map(entry -> {
            Map<String, Object> expected = (Map<String, Object>) entry.getValue();
            return dynamicTest(entry.getKey(), () -> check(folder.resolve(entry.getKey()), expected));
        });
    }

    private static void check(Path file, Map<String, Object> expected) throws IOException {
        RuleFiles read = RuleFileParser.parse(List.of(file));
        if (Boolean.TRUE.equals(expected.get("ok"))) {
            assertThat(read.errors()).isEmpty();
            return;
        }
        assertThat(read.errors()).isNotEmpty();
        Problem first = read.errors().getFirst();
        assertThat(first.message()).contains((String) expected.get("error_contains"));
        assertThat(first.position().file()).isEqualTo(file.toString());
        assertThat(first.position().line())
                .isBetween(2, Files.readAllLines(file).size());
    }

    @Test
    void refusesAFieldThatNobodyKnowsOfTheManagersFiles() throws IOException {
        for (Path file : SharedData.ruleFiles(SharedData.folder("rules-fixtures/manager"))) {
            List<Problem> errors = RuleFileParser.parse(List.of(file)).errors();
            if (file.endsWith("invalid_rules.yaml")) {
                assertThat(errors).singleElement().satisfies(problem -> {
                    assertThat(problem.message()).startsWith("field unexpected_field not found in rule");
                    assertThat(problem.position()).isEqualTo(new Position(file.toString(), 6, 9));
                });
            } else {
                assertThat(errors).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void readsTenThousandRules() {
        Path file = SharedData.folder("rules-fixtures/promtool").resolve("rules_large.yml");
        RuleFiles read = RuleFileParser.parse(List.of(file));
        assertThat(read.errors()).isEmpty();
        assertThat(read.ruleSet().ruleCount()).isEqualTo(10_002);
    }

    @Test
    void reportsDuplicatesAsWarnings() {
        Path file = SharedData.folder("rules-fixtures/promtool").resolve("rules_duplicates.yml");
        RuleFiles read = RuleFileParser.parse(List.of(file));
        assertThat(read.errors()).isEmpty();
        assertThat(read.warnings())
                .hasSize(2)
                .allMatch(problem -> problem.message().startsWith("duplicate rule"));
    }

    @Test
    void ignoresUnknownFieldsOnlyWhenAsked() throws IOException {
        Path file = SharedData.folder("rules-fixtures/promtool").resolve("rules_extrafields.yml");
        SequencedMap<String, String> text = new LinkedHashMap<>();
        text.put("extra.yml", Files.readString(file));
        assertThat(RuleFileParser.parse(text, true).errors()).isEmpty();
        assertThat(RuleFileParser.parse(text, false).errors())
                .extracting(Problem::toString)
                .containsExactly(
                        "extra.yml:7:5: field namespace not found in group; expected one of interval, labels, limit,"
                                + " name, partial_response_strategy, query_offset, rules",
                        "extra.yml:21:5: field ownership not found in group; expected one of interval, labels, limit,"
                                + " name, partial_response_strategy, query_offset, rules");
    }

    @Test
    void loadsTheWholeCorpus() throws IOException {
        List<Path> files = SharedData.ruleFiles(SharedData.folder("rules-corpus"));
        RuleFiles read = RuleFileParser.parse(files);
        assertThat(read.errors()).isEmpty();
        assertThat(read.ruleSet().ruleCount()).isEqualTo(4_365);
        System.out.printf(
                "loaded %d files, %d rules, %d warnings%n",
                files.size(), read.ruleSet().ruleCount(), read.warnings().size());
    }
}
