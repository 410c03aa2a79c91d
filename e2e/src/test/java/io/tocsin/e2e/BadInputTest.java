package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.TocsinCommand;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in wrong: a clear error, a count, and everything else goes on. */
class BadInputTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Path config;
    private static Ports ports;
    private static TocsinProcess tocsin;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        config = directory.resolve("config");
        ConfigurationDirectory.write(Template.STARTER, config, Map.of());
        ports = Ports.free();
        tocsin = TocsinProcess.up(directory.resolve("data"), ports, "--config", config.toString());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        tocsin.close();
    }

    @Test
    void malformedRequestsAreAnsweredCountedAndTheNextGoodOneIsTaken() throws Exception {
        byte[] garbage = "not protobuf".getBytes(StandardCharsets.UTF_8);
        expect(post("/v1/metrics", "application/x-protobuf", garbage), 400);
        expect(post("/v1/traces", "application/json", "{\"resourceSpans\": [".getBytes(StandardCharsets.UTF_8)), 400);
        expect(post("/v1/metrics", "text/plain", garbage), 415);
        expect(post("/v1/nothing", "application/json", "{}".getBytes(StandardCharsets.UTF_8)), 404);
        expect(post("/v1/logs", "application/x-protobuf", new byte[65 << 20]), 413);
        assertThat(metrics(ports.http())).contains("reason=\"");
        assertThat(TocsinCommand.run(
                        "send",
                        "--endpoint",
                        InstanceAddress.url(ports.http(), "").toString()))
                .isZero();
        assertThat(tocsin.isAlive()).isTrue();
    }

    @Test
    void aBrokenRuleFileIsRefusedWithItsPositionAndTheOldRulesGoOn() throws IOException {
        Await.until("the starter rules are evaluated", WITHIN, BadInputTest::starterRulesAreThere);
        Path broken = config.resolve("rules/broken.yaml");
        Files.writeString(broken, "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: sum(\n");
        Await.until("the mistake is told", WITHIN, () -> tocsin.output().contains("broken.yaml:5:"));
        assertThat(starterRulesAreThere()).isTrue();
        Files.delete(broken);
        assertThat(TocsinCommand.run("rules", "check", config.resolve("rules").toString()))
                .isZero();
    }

    @Test
    void aBrokenPlaybookIsRefusedWithItsPositionAndTheProcessGoesOn() throws IOException {
        Path broken = config.resolve("playbooks/broken.yaml");
        Files.createDirectories(broken.getParent());
        Files.writeString(broken, "playbooks:\n  - name: p\n    mod: auto\n");
        Await.until("the mistake is told", WITHIN, () -> tocsin.output().contains("broken.yaml:3:"));
        assertThat(metrics(ports.heal())).contains("tocsin_selfheal_file_problems");
        Files.delete(broken);
    }

    private static boolean starterRulesAreThere() {
        try {
            return InstanceAddress.get(ports.query(), "/api/v1/rules")
                    .toString()
                    .contains("ServiceSilent");
        } catch (UserError e) {
            return false;
        }
    }

    private static void expect(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).as("says what is wrong").isNotBlank();
    }

    private static HttpResponse<String> post(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(InstanceAddress.url(ports.http(), path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String metrics(int port) throws IOException {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(InstanceAddress.url(port, "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
