package io.tocsin.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards against the schema that Grafana publishes, by the TypeScript compiler. */
class SchemaTest {

    private static final Path SOURCES = Path.of(System.getProperty("tocsin.repository"), "dashboards/src/test/node");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "check.mjs");

    @TempDir
    private Path directory;

    @Test
    void everyDashboardAgreesWithGrafanasSchemaAndAWrongOneDoesNot() throws Exception {
        boolean npm = run("npm", "--version").status() == 0;
        if (!npm) {
            System.out.println("skipped: no npm on this machine");
        }
        assumeTrue(npm, "no npm on this machine");
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(run("npm", "ci", "--ignore-scripts").output()).doesNotContain("npm error");

        List<String> check = new ArrayList<>(List.of("node", "check.mjs"));
        for (var file : Dashboards.files().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
            check.add(file.getKey());
        }
        Result checked = run(check.toArray(String[]::new));
        System.out.println(checked.output().strip());
        assertThat(checked.output()).contains("agree with Grafana's schema");
        assertThat(checked.status()).as(checked.output()).isZero();

        String first = Dashboards.files().get("overview.json");
        Files.writeString(directory.resolve("wrong.json"), String.valueOf(first).replace("\"absolute\"", "\"absurd\""));
        assertThat(run("node", "check.mjs", "wrong.json").status()).isNotZero();
    }

    private record Result(int status, String output) {}

    private Result run(String... command) throws Exception {
        Path log = Files.createTempFile(directory, "command-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + String.join(" ", command));
            }
            return new Result(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }
}
