package io.tocsin.notifier;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Public test data that lies beside the repository, read in place. */
public final class SharedData {

    private SharedData() {}

    /** A file or directory of the data; the test is skipped with the reason where it is absent. */
    public static Path path(String relative) {
        Path root = Optional.ofNullable(System.getProperty("tocsin.shared"))
                .or(() -> Optional.ofNullable(System.getenv("TOCSIN_SHARED")))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("tocsin.repository", ".."))
                        .resolve("../shared")
                        .normalize());
        Path path = root.resolve("testdata").resolve(relative);
        if (!Files.exists(path)) {
            System.out.println("skipped: no " + path.toAbsolutePath());
        }
        assumeTrue(Files.exists(path), () -> "no " + path.toAbsolutePath());
        return path;
    }
}
