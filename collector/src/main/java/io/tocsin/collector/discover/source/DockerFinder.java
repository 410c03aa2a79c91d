package io.tocsin.collector.discover.source;

import io.tocsin.collector.discover.ContainerTargets;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists running containers over the socket of Docker or Podman. */
final class DockerFinder implements TargetFinder {

    // API 1.24 is what every supported engine still speaks, and Podman with it.
    private static final HttpUrl CONTAINERS = HttpUrl.get("http://docker/v1.24/containers/json");
    private static final long MOST_BYTES = 16 << 20;

    private final Discovery.Docker source;

    DockerFinder(Discovery.Docker source) {
        this.source = source;
    }

    @Override
    public List<Discovered> find() throws DiscoveryException {
        OkHttpClient client = new OkHttpClient.Builder()
                .socketFactory(new UnixSocketFactory(source.socket()))
                .dns(host -> List.of(UnixSocketFactory.NOWHERE))
                .callTimeout(Duration.ofSeconds(10))
                .build();
        try (Response response = client.newCall(request()).execute()) {
            var body = response.body().source();
            if (response.code() != 200 || body.request(MOST_BYTES + 1)) {
                throw new DiscoveryException(source.socket() + ": answered with status " + response.code());
            }
            return ContainerTargets.of(read(body.readUtf8()));
        } catch (IOException e) {
            throw new DiscoveryException(source.socket() + ": did not answer: " + e.getMessage(), e);
        } finally {
            client.connectionPool().evictAll();
        }
    }

    private Request request() {
        String filters =
                JsonMapper.shared().writeValueAsString(Map.of("label", source.labels(), "status", List.of("running")));
        return new Request.Builder()
                .url(CONTAINERS
                        .newBuilder()
                        .addQueryParameter("filters", filters)
                        .build())
                .build();
    }

    private JsonNode read(String text) throws DiscoveryException {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new DiscoveryException(source.socket() + ": no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
