package io.tocsin.collector.discover.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.collector.FakeNameServer;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String GROUPS = """
            [{"targets": ["a:1", "b:1"], "labels": {"team": "blue", "__meta_zone": "z1"}}, {"targets": ["c:1"]}]
            """;
    private static final List<Discovered> FOUND = List.of(
            Discovered.of("a:1", Map.of("team", "blue", "__meta_zone", "z1")),
            Discovered.of("b:1", Map.of("team", "blue", "__meta_zone", "z1")),
            Discovered.of("c:1", Map.of()));

    @TempDir
    private Path directory;

    private List<Discovered> find(Discovery discovery) throws DiscoveryException {
        return TargetFinder.of(discovery, directory).find();
    }

    @Test
    void filesAreReadAsJsonAndAsYaml() throws Exception {
        Files.createDirectory(directory.resolve("targets"));
        Files.writeString(directory.resolve("targets/a.json"), GROUPS);
        Files.writeString(directory.resolve("targets/b.yaml"), "- targets: [d:1]\n  labels: {team: red}\n");
        assertThat(find(new Discovery.Files(List.of("targets/*.json"), MINUTE))).isEqualTo(FOUND);
        assertThat(find(new Discovery.Files(List.of("targets/*"), MINUTE)))
                .hasSize(4)
                .contains(Discovered.of("d:1", Map.of("team", "red")));
    }

    @Test
    void aWrongFileFailsAsAWhole() throws Exception {
        Files.writeString(directory.resolve("a.json"), "[{\"targets\": [\"a:1\"]}, {\"target\": [\"b:1\"]}]");
        assertThatThrownBy(() -> find(new Discovery.Files(List.of("a.json"), MINUTE)))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("a.json: a target group without a list of targets");
        Files.writeString(directory.resolve("a.json"), "[{\"targets\": [");
        assertThatThrownBy(() -> find(new Discovery.Files(List.of("a.json"), MINUTE)))
                .isInstanceOf(DiscoveryException.class);
        assertThatThrownBy(() -> find(new Discovery.Files(List.of("absent.json"), MINUTE)))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("absent.json");
    }

    @Test
    void srvRecordsBecomeTargetsAndANameThatDoesNotExistHasNone() throws Exception {
        try (FakeNameServer server = new FakeNameServer(
                "_http._tcp.shop.example. 60 SRV 1 1 8080 web-1.example.",
                "_http._tcp.shop.example. 60 SRV 1 1 8081 web-2.example.")) {
            List<Discovered> found =
                    find(new Discovery.DnsSrv("_http._tcp.shop.example", Optional.of(server.address()), MINUTE));
            assertThat(found)
                    .extracting(Discovered::address)
                    .containsExactly("web-1.example:8080", "web-2.example:8081");
            assertThat(found.getFirst().labels()).containsEntry("__meta_dns_srv_record_target", "web-1.example");
            assertThat(find(new Discovery.DnsSrv("_http._tcp.none", Optional.of(server.address()), MINUTE)))
                    .isEmpty();
        }
    }

    @Test
    void aUrlAnswersInPrometheusForm() throws Exception {
        Files.writeString(directory.resolve("token"), "s3cret\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/targets", exchange -> {
            boolean allowed =
                    "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = GROUPS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/targets");
            assertThat(find(new Discovery.HttpSd(url, Optional.of("token"), MINUTE)))
                    .isEqualTo(FOUND);
            assertThatThrownBy(() -> find(new Discovery.HttpSd(url, Optional.empty(), MINUTE)))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("found 401");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void containersAreListedOverTheSocket() throws Exception {
        Path socket = directory.resolve("docker.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> answerOnce(engine));
            List<Discovered> found = find(new Discovery.Docker(socket.toString(), List.of("tocsin=true"), MINUTE));
            assertThat(asked.join())
                    .startsWith("GET /v1.24/containers/json?filters=")
                    .contains("tocsin%3Dtrue")
                    .contains("running");
            assertThat(found).extracting(Discovered::address).containsExactly("172.17.0.2:80", "172.17.0.2:443");
            assertThat(found.getFirst().labels())
                    .containsEntry("__meta_docker_container_name", "shop-web")
                    .containsEntry("__meta_docker_container_label_com_docker_compose_service", "web")
                    .containsEntry("__meta_docker_network_name", "shop")
                    .containsEntry("__meta_docker_port_public", "8080");
        }
        assertThatThrownBy(() -> find(new Discovery.Docker(directory + "/none.sock", List.of(), MINUTE)))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("did not answer");
    }

    /** Chunked, as the engine answers. */
    private static String answerOnce(ServerSocketChannel engine) {
        String body = """
                [{"Id": "ab12", "Names": ["/shop-web"], "Image": "shop:1", "State": "running",
                  "Labels": {"com.docker.compose.service": "web", "tocsin": "true"},
                  "Ports": [{"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
                            {"PrivatePort": 443, "Type": "tcp"}, {"PrivatePort": 53, "Type": "udp"}],
                  "NetworkSettings": {"Networks": {"shop": {"IPAddress": "172.17.0.2"}}}}]
                """;
        try (SocketChannel peer = engine.accept()) {
            ByteBuffer request = ByteBuffer.allocate(8192);
            while (!new String(request.array(), 0, request.position(), StandardCharsets.UTF_8).contains("\r\n\r\n")) {
                peer.read(request);
            }
            String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
            peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            return new String(request.array(), 0, request.position(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
