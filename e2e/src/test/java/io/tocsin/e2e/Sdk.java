package io.tocsin.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The stock SDK of a language from its own registry, in a small program below {@code src/test}. */
enum Sdk {
    NODE("node") {
        @Override
        void install(Path home) throws Exception {
            require(Program.works(home, "node", "--version"), "no node");
            Program.must(home, "npm", "ci", "--ignore-scripts");
        }

        @Override
        List<String> send(Path home, String marker) {
            return List.of("node", "send.mjs", marker);
        }
    },
    PYTHON("python") {
        @Override
        void install(Path home) throws Exception {
            require(Program.works(home, "python3", "-m", "venv", "venv"), "no python3 with venv");
            Program.must(home, "venv/bin/pip", "install", "-q", "-r", "requirements.txt");
        }

        @Override
        List<String> send(Path home, String marker) {
            return List.of(home.resolve("venv/bin/python").toString(), "send.py", marker);
        }
    },
    GO("go") {
        @Override
        void install(Path home) throws Exception {
            // An older one reads no go.mod of this kind; a newer one fetches the version that it asks for.
            require(Program.works(home, "go", "list", "-m"), "no go of 1.21 or later");
            Program.must(home, "go", "build", "-o", "send", ".");
        }

        @Override
        List<String> send(Path home, String marker) {
            return List.of(home.resolve("send").toString(), marker);
        }
    };

    private final String sources;

    Sdk(String sources) {
        this.sources = sources;
    }

    /** Fetches what the program needs; skips the test where the language is not on this machine. */
    abstract void install(Path home) throws Exception;

    /** The command that sends one span, a counter of 3 and one log record that carry the marker. */
    abstract List<String> send(Path home, String marker);

    /** A copy of the program, ready to run. */
    Path ready(Path directory) {
        try {
            Path home = copy(sources, directory);
            install(home);
            return home;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot install what " + this + " needs", e);
        }
    }

    /** Copies the files of a program, and nothing below them. */
    static Path copy(String sources, Path directory) {
        Path from = Path.of(System.getProperty("tocsin.repository"), "e2e/src/test", sources);
        try (Stream<Path> files = Files.list(from)) {
            Path home = Files.createDirectories(directory.resolve(sources));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test, and says why. */
    static void require(boolean present, String missing) {
        if (!present) {
            System.out.println("skipped: " + missing + " on this machine");
        }
        assumeTrue(present, missing + " on this machine");
    }
}
