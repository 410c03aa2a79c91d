package io.tocsin.rulesengine.rules.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.rules.Problems;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule packs that are shipped: read without a complaint, and shown to fire by their own tests. */
class ShippedRulesTest {

    private static final Path RULES = Path.of(System.getProperty("tocsin.repository"), "rules");

    static List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.walk(RULES)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !tests(file))
                    .sorted()
                    .toList();
        }
    }

    /** Without those that learn from history, which unit tests do not evaluate. */
    static List<Path> testedPacks() throws IOException {
        return packs().stream()
                .filter(pack -> !pack.getFileName().toString().equals("presence.yaml"))
                .toList();
    }

    private static boolean tests(Path file) {
        return file.toString().endsWith("_test.yaml");
    }

    private static Path testsOf(Path pack) {
        return pack.resolveSibling(pack.getFileName().toString().replace(".yaml", "_test.yaml"));
    }

    @Test
    void allPacksAreThere() throws IOException {
        assertThat(packs())
                .extracting(pack -> RULES.relativize(pack).toString())
                .containsExactly(
                        "catalogue/application.yaml",
                        "catalogue/business.yaml",
                        "catalogue/presence.yaml",
                        "catalogue/system.yaml",
                        "databases.yaml",
                        "hosts.yaml",
                        "http.yaml",
                        "jvm.yaml",
                        "kafka.yaml",
                        "kubernetes.yaml",
                        "probes.yaml");
    }

    @ParameterizedTest
    @MethodSource("packs")
    void aPackIsReadWithoutAComplaint(Path pack) {
        assertThat(RuleFileParser.parse(List.of(pack)).problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("testedPacks")
    void aPacksTestsPass(Path pack) throws IOException {
        assertThat(new UnitTests(null, false).run(testsOf(pack)))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.failures()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("testedPacks")
    void everyAlertOfAPackIsShownToFire(Path pack) throws IOException {
        RuleFiles rules = RuleFileParser.parse(List.of(pack));
        Set<String> alerts = rules.ruleSet().groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(Rule.Alerting.class::isInstance)
                .map(Rule::name)
                .collect(Collectors.toSet());
        Problems problems = new Problems();
        String text = Files.readString(testsOf(pack));
        TestFile tests = new TestFileReader(new YamlText(pack.toString(), text, problems)).read();
        Set<String> shown = tests.tests().stream()
                .flatMap(test -> test.alertCases().stream())
                .filter(each -> !each.expected().isEmpty())
                .map(TestGroup.AlertCase::alertName)
                .collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrderElementsOf(alerts);
    }
}
