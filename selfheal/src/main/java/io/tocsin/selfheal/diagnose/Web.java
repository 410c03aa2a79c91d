package io.tocsin.selfheal.diagnose;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP questions with a timeout. */
final class Web implements AutoCloseable {

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** How an address is. */
    Probe probe(URI address, Duration timeout) throws InterruptedException {
        try {
            return Probe.answered(client.send(request(address, timeout), BodyHandlers.discarding())
                    .statusCode());
        } catch (HttpTimeoutException e) {
            return Probe.silent("nothing came within " + timeout.toMillis() + " ms");
        } catch (ConnectException e) {
            return unconnected(address, timeout);
        } catch (IOException e) {
            return reset(e) ? Probe.silent("the connection was closed") : Probe.unasked(e.toString());
        }
    }

    /** The client does not say why it has no connection: a plain socket does. */
    private static Probe unconnected(URI address, Duration timeout) {
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), (int) timeout.toMillis());
            return Probe.unasked("it has just begun to listen");
        } catch (ConnectException e) {
            return Probe.silent(String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return Probe.silent("no connection within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            return Probe.unasked(e.toString());
        }
    }

    private static boolean reset(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || String.valueOf(cause.getMessage()).contains("Connection reset")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The JSON that an address answers with.
     *
     * @throws IOException when it does not answer in time, with an error, or not with JSON
     */
    JsonNode json(URI address, Duration timeout) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(address, timeout), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException(address.getAuthority() + " answered " + response.statusCode());
        }
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException(address.getAuthority() + " did not answer with JSON", e);
        }
    }

    private static HttpRequest request(URI address, Duration timeout) {
        return HttpRequest.newBuilder(address).timeout(timeout).GET().build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
