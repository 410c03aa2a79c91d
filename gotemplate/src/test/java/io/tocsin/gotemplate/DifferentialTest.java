package io.tocsin.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our engine against Go's own, output and error texts, where Go is installed. */
class DifferentialTest {
    private static Optional<GoReference> reference = Optional.empty();

    @BeforeAll
    static void buildReference() {
        reference = GoReference.build();
    }

    @Test
    void agreesWithGoOnTheCorpus() throws IOException {
        List<GoReference.Question> questions = new ArrayList<>();
        for (String template : corpus()) {
            for (MissingKey option : MissingKey.values()) {
                questions.add(new GoReference.Question("corpus", template, option, Fixture.data()));
            }
        }
        assertThat(questions).hasSizeGreaterThan(300);
        assertThat(differences(questions)).isEmpty();
    }

    @Test
    void agreesWithGoOnGeneratedTemplates() throws IOException {
        int count = Integer.getInteger("gotemplate.generated", 5_000);
        long seed = Long.getLong("gotemplate.seed", 1L);
        TemplateGenerator generator = new TemplateGenerator(seed);
        List<GoReference.Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MissingKey option = MissingKey.values()[i % 3];
            questions.add(new GoReference.Question("gen", generator.next(), option, Fixture.data()));
        }
        assertThat(differences(questions)).isEmpty();
    }

    private static List<String> corpus() throws IOException {
        try (InputStream in = DifferentialTest.class.getResourceAsStream("/corpus.txt")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split("\n===\n"));
        }
    }

    private static List<String> differences(List<GoReference.Question> questions) throws IOException {
        Assumptions.assumeTrue(reference.isPresent(), () -> {
            String reason = "skipped: Go is not installed, so there is no engine to compare with";
            System.out.println(reason);
            return reason;
        });
        List<GoReference.Answer> expected = reference.orElseThrow().ask(questions);
        assertThat(expected).hasSameSizeAs(questions);
        List<String> differences = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < questions.size(); i++) {
            GoReference.Answer ours = GoReference.ours(questions.get(i));
            failures += expected.get(i).error().isEmpty() ? 0 : 1;
            if (!withoutAddresses(ours).equals(withoutAddresses(expected.get(i)))
                    && !measuresAddress(questions.get(i).template(), ours)) {
                differences.add(questions.get(i).template() + "\n  Go:   " + expected.get(i) + "\n  ours: " + ours);
            }
        }
        System.out.printf(
                "compared %d templates with Go, %d of them end in an error, %d differ%n",
                questions.size(), failures, differences.size());
        return differences;
    }

    /** Addresses differ from run to run. */
    private static GoReference.Answer withoutAddresses(GoReference.Answer answer) {
        return new GoReference.Answer(
                answer.output().replaceAll("0[xX][0-9a-fA-F]{6,12}", "ADDRESS"),
                answer.error().replaceAll("0[xX][0-9a-fA-F]{6,12}", "ADDRESS"));
    }

    /** Whether an address is shown as a number, or measured; ours are always the same one. */
    private static boolean measuresAddress(String template, GoReference.Answer ours) {
        String text = ours.output() + ours.error();
        return java.util.stream.Stream.of(
                                "c000000000", "C000000000", "824633720832", "14000000000000", "11000000000000")
                        .anyMatch(text::contains)
                || template.matches("(?s).*\\.(func|item|pointer)\\)? *\\| *len.*");
    }
}
