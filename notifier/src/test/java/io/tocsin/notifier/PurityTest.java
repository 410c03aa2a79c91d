package io.tocsin.notifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PurityTest {

    private static final String[] PURE = {
        "io.tocsin.notifier.route",
        "io.tocsin.notifier.route.receiver",
        "io.tocsin.notifier.external",
        "io.tocsin.notifier.incident",
        "io.tocsin.notifier.silence",
        "io.tocsin.notifier.group",
        "io.tocsin.notifier.inhibit",
        "io.tocsin.notifier.rehearse",
        "io.tocsin.notifier.interval"
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tocsin.notifier");

    @Test
    void decisionsDependOnTheJdkAndEachOtherAlone() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.concat(Stream.of("java..", "org.jspecify..", "com.google.re2j.."), Stream.of(PURE))
                                .toArray(String[]::new))
                .check(classes);
    }

    @Test
    void decisionsHaveNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .or()
                .resideInAnyPackage("io.tocsin.notifier.route.file")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(classes);
    }
}
