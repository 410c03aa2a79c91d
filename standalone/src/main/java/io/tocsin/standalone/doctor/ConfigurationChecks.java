package io.tocsin.standalone.doctor;

import io.tocsin.notifier.NotifierConfigurationCheck;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a configuration directory, as the modules read them. */
final class ConfigurationChecks {

    private ConfigurationChecks() {}

    static List<Finding> all(Path config) {
        if (!Files.isDirectory(config)) {
            return List.of(Finding.warn("configuration", config + " is not there", "./tocsin init writes one"));
        }
        return Stream.of(rules(config.resolve("rules")), notifier(config.resolve("alertmanager.yml")))
                .toList();
    }

    private static Finding rules(Path directory) {
        try (Stream<Path> files = Files.isDirectory(directory) ? Files.walk(directory) : Stream.empty()) {
            RuleFiles read = RuleFileParser.parse(files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList());
            return read.isValid()
                    ? Finding.ok("rules", directory + ": " + read.ruleSet().ruleCount() + " rules")
                    : Finding.fail("rules", read.errors().getFirst().toString(), "./tocsin rules check " + directory);
        } catch (IOException e) {
            return Finding.fail("rules", directory + ": " + e.getMessage(), "");
        }
    }

    private static Finding notifier(Path file) {
        if (!Files.exists(file)) {
            return Finding.warn("notices", file + " is not there", "nobody is told anything: docs/route-a-notice.md");
        }
        NotifierConfigurationCheck check = NotifierConfigurationCheck.of(List.of(file));
        return check.failed() == 0
                ? Finding.ok("notices", file + " is valid")
                : Finding.fail(
                        "notices",
                        check.checked().getFirst().problems().getFirst().toString(),
                        "./tocsin notify check " + file);
    }
}
