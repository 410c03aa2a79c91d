package io.tocsin.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** Which way modules may depend on each other, and what a pure package may touch. */
@AnalyzeClasses(packages = "io.tocsin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] LIBRARIES = {"io.tocsin.promql..", "io.tocsin.gotemplate.."};

    /** Decisions live here: time is an argument, nothing is read or written. */
    private static final String[] PURE = {
        "io.tocsin.promql..",
        "io.tocsin.gotemplate..",
        "io.tocsin.rulesengine.alert..",
        "io.tocsin.rulesengine.detect..",
        "io.tocsin.rulesengine.otlp..",
        "io.tocsin.rulesengine.spans..",
        "io.tocsin.rulesengine.store..",
        "io.tocsin.notifier.route..",
        "io.tocsin.notifier.group..",
        "io.tocsin.notifier.inhibit..",
        "io.tocsin.notifier.interval..",
        "io.tocsin.selfheal.playbook",
        "io.tocsin.selfheal.playbook.read..",
        "io.tocsin.selfheal.guardrail..",
        "io.tocsin.selfheal.incident..",
        "io.tocsin.selfheal.machine..",
        "io.tocsin.selfheal.chaos..",
        "io.tocsin.selfheal.statistics..",
        "io.tocsin.selfheal.trial..",
    };

    @ArchTest
    static final ArchRule librariesKnowNoModule = classes()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tocsin.promql..",
                    "io.tocsin.gotemplate..",
                    "java..",
                    "org.jspecify..",
                    "com.google.re2j..",
                    "it.unimi.dsi..",
                    "net.jpountz..");

    @ArchTest
    static final ArchRule modulesMeetOnlyInTheContract = noClasses()
            .that()
            .resideInAPackage("io.tocsin.collector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tocsin.rulesengine..",
                    "io.tocsin.notifier..",
                    "io.tocsin.selfheal..",
                    "io.tocsin.console..",
                    "io.tocsin.standalone..");

    @ArchTest
    static final ArchRule theNotifierKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.tocsin.notifier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tocsin.collector..",
                    "io.tocsin.rulesengine..",
                    "io.tocsin.selfheal..",
                    "io.tocsin.console..",
                    "io.tocsin.standalone..");

    @ArchTest
    static final ArchRule selfHealingKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.tocsin.selfheal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tocsin.collector..",
                    "io.tocsin.rulesengine..",
                    "io.tocsin.notifier..",
                    "io.tocsin.console..",
                    "io.tocsin.standalone..");

    @ArchTest
    static final ArchRule theRulesEngineKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("io.tocsin.rulesengine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tocsin.collector..",
                    "io.tocsin.notifier..",
                    "io.tocsin.selfheal..",
                    "io.tocsin.console..",
                    "io.tocsin.standalone..");

    @ArchTest
    static final ArchRule purePackagesTouchNoShell = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.micronaut..",
                    "org.jdbi..",
                    "org.slf4j..",
                    "java.net.http..",
                    "java.sql..");

    @ArchTest
    static final ArchRule purePackagesAskNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callConstructor(Random.class);
}
