package io.tocsin.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** When a probe is due, what its findings mean and which metrics they become is decided without a clock and without a network. */
@AnalyzeClasses(
        packages = {"io.tocsin.collector.probe", "io.tocsin.collector.discover", "io.tocsin.collector.config"},
        importOptions = DoNotIncludeTests.class)
class ProbePurityTest {

    private static final String[] PURE = {
        "io.tocsin.collector.config",
        "io.tocsin.collector.discover",
        "io.tocsin.collector.probe",
        "io.tocsin.collector.probe.file"
    };

    @ArchTest
    static final ArchRule theCoreTouchesNoShell = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "io.micronaut..",
                    "org.slf4j..",
                    "okhttp3..",
                    "io.grpc..",
                    "org.xbill..",
                    "io.fabric8..",
                    "java.net.http..",
                    "java.nio.file..",
                    "io.tocsin.collector.probe.run..",
                    "io.tocsin.collector.discover.source..");

    @ArchTest
    static final ArchRule theCoreAsksNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "instant");
}
