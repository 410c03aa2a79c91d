package io.tocsin.selfheal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PurityTest {

    private static final String[] PURE = {
        "io.tocsin.selfheal.guardrail",
        "io.tocsin.selfheal.incident",
        "io.tocsin.selfheal.machine",
        "io.tocsin.selfheal.playbook"
    };
    private static final String READERS = "io.tocsin.selfheal.playbook.read";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tocsin.selfheal");

    @Test
    void decisionsDependOnTheJdkAndEachOtherAlone() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "io.tocsin.selfheal.guardrail",
                        "io.tocsin.selfheal.incident",
                        "io.tocsin.selfheal.machine",
                        "io.tocsin.selfheal.playbook")
                .check(classes);
    }

    @Test
    void readersAddAYamlParserAndNothingElse() {
        classes()
                .that()
                .resideInAPackage(READERS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "java.nio.charset..",
                        "java.security..",
                        "org.jspecify..",
                        "org.snakeyaml..",
                        "io.tocsin.selfheal.playbook",
                        READERS)
                .check(classes);
    }

    @Test
    void decisionsHaveNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .or()
                .resideInAPackage(READERS)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }
}
