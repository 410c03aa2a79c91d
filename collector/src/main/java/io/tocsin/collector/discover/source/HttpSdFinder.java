package io.tocsin.collector.discover.source;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import io.tocsin.collector.discover.SdDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.json.JsonMapper;

/** Asks a URL for targets in Prometheus' http_sd format. */
final class HttpSdFinder implements TargetFinder {

    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(30)).build();
    private static final long MOST_BYTES = 16 << 20;

    private final Discovery.HttpSd source;
    private final Path directory;

    HttpSdFinder(Discovery.HttpSd source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    @Override
    public List<Discovered> find() throws DiscoveryException {
        String from = source.url().getHost() + source.url().getPath();
        try (Response response = CLIENT.newCall(request()).execute()) {
            if (response.code() != 200) {
                throw new DiscoveryException(from + ": expected status 200, found " + response.code());
            }
            var body = response.body().source();
            if (body.request(MOST_BYTES + 1)) {
                throw new DiscoveryException(from + ": more than " + MOST_BYTES + " bytes");
            }
            return SdDocument.read(from, body.readUtf8(), JsonMapper.shared());
        } catch (IOException e) {
            throw new DiscoveryException(from + ": did not answer: " + e.getMessage(), e);
        }
    }

    private Request request() throws IOException {
        Request.Builder request = new Request.Builder()
                .url(source.url().toURL())
                .header("Accept", "application/json")
                .header(
                        "X-Prometheus-Refresh-Interval-Seconds",
                        Long.toString(source.refresh().toSeconds()));
        if (source.tokenFile().isPresent()) {
            String token = Files.readString(directory.resolve(source.tokenFile().get()));
            request.header("Authorization", "Bearer " + token.strip());
        }
        return request.build();
    }
}
