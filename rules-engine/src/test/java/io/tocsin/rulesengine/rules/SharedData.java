package io.tocsin.rulesengine.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Test data of other projects, which lies beside the repository and is read in place. */
public final class SharedData {
    private SharedData() {}

    /** A folder of the data; the test is skipped, with the reason printed, where it is absent. */
    public static Path folder(String name) {
        Path root = Optional.ofNullable(System.getProperty("tocsin.shared"))
                .or(() -> Optional.ofNullable(System.getenv("TOCSIN_SHARED")))
                .map(Path::of)
                .orElse(repository().resolve("../shared"));
        Path folder = root.resolve("testdata").resolve(name).normalize();
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> {
            String reason = "skipped: there is no " + folder;
            System.out.println(reason);
            return reason;
        });
        return folder;
    }

    private static Path repository() {
        return Path.of(System.getProperty("tocsin.repository", ".."));
    }

    /** All rule files below a folder, in a fixed order. */
    public static List<Path> ruleFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(ya?ml|rules|alerts)"))
                    .sorted()
                    .toList();
        }
    }

    /** An EXPECTED.json: JSON is YAML. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> expected(Path folder) throws IOException {
        String text = Files.readString(folder.resolve("EXPECTED.json"));
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }
}
