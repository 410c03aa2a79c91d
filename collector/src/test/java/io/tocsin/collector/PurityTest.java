package io.tocsin.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PurityTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tocsin.collector");

    @Test
    void decodingAndSplittingKnowOnlyProtobufAndJson() {
        classes()
                .that()
                .haveNameMatching(
                        "io\\.tocsin\\.collector\\.otlp\\.(Split|JsonRequest|Sieve|Pieces|Envelope|Level|Checks|Rejections|Glance|Shape|Utf8)(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.google.protobuf..",
                        "tools.jackson..",
                        "io.opentelemetry.proto..",
                        "io.tocsin.contracts..",
                        "io.tocsin.collector.otlp..",
                        "io.tocsin.collector.answer..",
                        "io.tocsin.collector.limits..")
                .check(CLASSES);
    }

    @Test
    void remoteWriteIsPureButForItsControllerAndMetrics() {
        noClasses()
                .that()
                .resideInAPackage("io.tocsin.collector.remotewrite")
                .and()
                .haveNameNotMatching(
                        ".*(RemoteWriteController|RemoteWriteMetrics|RemoteWriteSettings|Version|\\$.*Definition.*)(\\$.*)?")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.grpc..", "io.micronaut..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void admissionTakesTimeAsAnArgument() {
        noClasses()
                .that()
                .resideInAPackage("io.tocsin.collector.admission..")
                .and()
                // Bean definitions that Micronaut generates.
                .haveNameNotMatching(".*\\.\\$.*")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.grpc..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void theCollectorKnowsNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tocsin.rulesengine..",
                        "io.tocsin.notifier..",
                        "io.tocsin.selfheal..",
                        "io.tocsin.console..",
                        "io.tocsin.standalone..")
                .check(CLASSES);
    }
}
