package io.tocsin.rulesengine.otlp;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data that is read in place, beside the repository. */
final class SharedData {

    private SharedData() {}

    /** The file, or the test is skipped with the reason. */
    static Path file(String name) {
        String configured = System.getenv("TOCSIN_SHARED");
        Path root = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("tocsin.repository", "..")).resolveSibling("shared");
        Path file = root.resolve("testdata").resolve(name);
        boolean there = Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: " + file + " is not there");
        }
        Assumptions.assumeTrue(there, () -> file + " is not there");
        return file;
    }
}
