package io.tocsin.selfheal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tocsin.selfheal.store.Run;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PurityTest {

    private static final String[] PURE = {
        "io.tocsin.selfheal.guardrail",
        "io.tocsin.selfheal.incident",
        "io.tocsin.selfheal.machine",
        "io.tocsin.selfheal.playbook",
        "io.tocsin.selfheal.statistics",
        "io.tocsin.selfheal.trial"
    };
    private static final String CHAOS = "io.tocsin.selfheal.chaos";
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
                        "io.tocsin.selfheal.playbook",
                        "io.tocsin.selfheal.statistics",
                        "io.tocsin.selfheal.trial")
                .check(classes);
    }

    /** Of the shell it has the record of a repair, and no clock and no chance but its own. */
    @Test
    void theSimulationIsMadeOfDecisions() {
        classes()
                .that()
                .resideInAPackage(CHAOS)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(PURE)
                        .or(resideInAnyPackage("java.lang..", "java.time..", "java.util..", "org.jspecify..", CHAOS))
                        .or(type(Run.class)))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(CHAOS)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
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
                        "io.tocsin.selfheal.guardrail",
                        "io.tocsin.selfheal.incident",
                        "io.tocsin.selfheal.playbook",
                        "io.tocsin.selfheal.trial",
                        READERS)
                .check(classes);
    }

    @Test
    void decisionsHaveNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .or()
                .resideInAnyPackage(READERS, CHAOS)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }
}
