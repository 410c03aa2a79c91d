package io.tocsin.gotemplate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Runs templates with Go's own engine: the program in src/test/go. */
final class GoReference {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path program;

    private GoReference(Path program) {
        this.program = program;
    }

    /** What came out: bytes (one char each) or an error. */
    record Answer(String output, String error) {}

    /** A template with its data and option. */
    record Question(String name, String template, MissingKey missingKey, Map<String, Object> data) {}

    /** The reference, built; nothing where Go is not installed. */
    static Optional<GoReference> build() {
        Optional<Path> go = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/local/go/bin"))
                .map(directory -> Path.of(directory, "go"))
                .filter(Files::isExecutable)
                .findFirst();
        return go.map(GoReference::build);
    }

    private static GoReference build(Path go) {
        try {
            Path sources = Path.of("src/test/go");
            Path program = Files.createTempDirectory("gotemplate-reference").resolve("reference");
            Process process = new ProcessBuilder(go.toString(), "build", "-o", program.toString(), ".")
                    .directory(sources.toFile())
                    .redirectErrorStream(true)
                    .start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the reference does not build: " + log);
            }
            return new GoReference(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Answer> ask(List<Question> questions) throws IOException {
        Path input = Files.createTempFile("gotemplate", ".jsonl");
        List<String> lines = questions.stream().map(GoReference::json).toList();
        Files.write(input, lines);
        Process process = new ProcessBuilder(program.toString())
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Answer> answers = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                var node = JSON.readTree(line);
                byte[] output = Base64.getDecoder().decode(node.get("output").asString());
                answers.add(new Answer(
                        new String(output, StandardCharsets.ISO_8859_1),
                        node.get("error").asString()));
            }
        }
        Files.delete(input);
        return answers;
    }

    private static String json(Question question) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", question.name());
        line.put("template", question.template());
        line.put("missingkey", option(question.missingKey()));
        line.put("data", question.data());
        return JSON.writeValueAsString(line);
    }

    private static String option(MissingKey missingKey) {
        return switch (missingKey) {
            case INVALID -> "default";
            case ZERO -> "zero";
            case ERROR -> "error";
        };
    }

    /** The answer of the engine under test. */
    static Answer ours(Question question) {
        try {
            String output = Templates.with(Fixture.functions())
                    .missingKey(question.missingKey())
                    .parse(question.name(), question.template())
                    .executeToBytes(question.name(), Fixture.decode(question.data()), Limits.DEFAULT);
            return new Answer(output, "");
        } catch (TemplateException e) {
            return new Answer("", String.valueOf(e.getMessage()));
        }
    }
}
