package io.tocsin.rulesengine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What decides imports the JDK, the expression language and other deciders, and is told what time it is. */
class PurityTest {

    private static final String ENGINE = "io.tocsin.rulesengine.";

    private static final String[] PURE = {
        ENGINE + "alert",
        ENGINE + "converge",
        ENGINE + "detect",
        ENGINE + "evaluate",
        ENGINE + "otlp",
        ENGINE + "rules",
        ENGINE + "rules.compile",
        ENGINE + "rules.template",
        ENGINE + "rules.unittest",
        ENGINE + "spans",
        ENGINE + "state",
        ENGINE + "store",
        ENGINE + "tick",
        ENGINE + "topology",
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tocsin.rulesengine", "io.tocsin.promql", "io.tocsin.gotemplate");

    @Test
    void decisionsTouchNoShell() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.micronaut..",
                        "jakarta.inject..",
                        "org.jdbi..",
                        "org.slf4j..",
                        "java.sql..",
                        "java.net.http..",
                        "io.prometheus..")
                .check(CLASSES);
    }

    @Test
    void decisionsDependOnNoPackageOfShells() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tocsin.rulesengine",
                        ENGINE + "shard..",
                        ENGINE + "stage..",
                        ENGINE + "query..",
                        ENGINE + "heartbeat..",
                        ENGINE + "rules.apply..")
                .check(CLASSES);
    }

    @Test
    void decisionsHaveNeitherClockNorChance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .check(CLASSES);
    }

    @Test
    void theLanguagesKnowNoModuleAndNoFramework() {
        classes()
                .that()
                .resideInAnyPackage("io.tocsin.promql..", "io.tocsin.gotemplate..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.google.re2j..",
                        "it.unimi.dsi..",
                        "net.jpountz..",
                        "io.tocsin.promql..",
                        "io.tocsin.gotemplate..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("io.tocsin.rulesengine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tocsin.collector..",
                        "io.tocsin.notifier..",
                        "io.tocsin.selfheal..",
                        "io.tocsin.console..",
                        "io.tocsin.standalone..")
                .check(CLASSES);
    }

    @Test
    void packagesDoNotGoRoundInCircles() {
        slices().matching("io.tocsin.rulesengine.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
