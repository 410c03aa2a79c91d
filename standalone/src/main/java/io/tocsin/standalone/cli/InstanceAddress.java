package io.tocsin.standalone.cli;

import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.DataDirectory;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the instance is that a command talks to: what it wrote into its data directory, or the default ports. */
public final class InstanceAddress {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    @Option(names = "--data", description = "Data directory of the instance to talk to (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--port-offset", description = "The instance's port offset, when its data directory is elsewhere.")
    private @Nullable Integer portOffset;

    /** The ports of the instance. */
    public Ports ports() {
        if (portOffset != null) {
            return Ports.DEFAULT.shifted(portOffset);
        }
        return DataDirectory.announced(data).orElse(Ports.DEFAULT);
    }

    /** Its data directory. */
    public Path data() {
        return data;
    }

    /** Whether an instance runs there: somebody listens for OTLP or for people. */
    public boolean runs() {
        Ports ports = ports();
        return !FreePorts.isFree(ports.http()) && !FreePorts.isFree(ports.console());
    }

    /** An HTTP address of the instance on loopback. */
    public static URI url(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** GETs JSON. */
    public static JsonNode get(int port, String path) {
        return send(HttpRequest.newBuilder(url(port, path)).GET());
    }

    /** POSTs JSON and returns the answer. */
    public static JsonNode post(int port, String path, Object body) {
        return send(HttpRequest.newBuilder(url(port, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** DELETEs. */
    public static JsonNode delete(int port, String path) {
        return send(HttpRequest.newBuilder(url(port, path)).DELETE());
    }

    /** An answer, whatever its status. */
    record Answer(int status, JsonNode json) {}

    /** POSTs JSON, for those to whom a refusal is an answer too. */
    static Answer ask(int port, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(url(port, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .timeout(TIMEOUT)
                .build();
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), json(request, response));
    }

    private static JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(TIMEOUT).build();
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() >= 400) {
            throw new UserError(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return json(request, response);
    }

    private static JsonNode json(HttpRequest request, HttpResponse<String> response) {
        try {
            return response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new UserError(request.uri() + " did not answer with JSON: " + e.getOriginalMessage());
        }
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new UserError("nothing listens at " + request.uri().getAuthority()
                    + "; start an instance with ./tocsin up, or name its --data directory or --port-offset");
        } catch (IOException e) {
            throw new UserError(request.uri() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted");
        }
    }
}
