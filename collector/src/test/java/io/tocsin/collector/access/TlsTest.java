package io.tocsin.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.tocsin.collector.Telemetry;
import io.tocsin.collector.TestCollector;
import io.tocsin.collector.otlp.Signal;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static X509Bundle authority;
    private static X509Bundle stranger;

    @TempDir
    Path data;

    @BeforeAll
    static void authorities() throws Exception {
        authority = authority("CN=Shop CA");
        stranger = authority("CN=Other CA");
    }

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static X509Bundle issued(X509Bundle by, String name, long serial) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject(name)
                .serial(BigInteger.valueOf(serial))
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(by);
    }

    private TestCollector collector(X509Bundle server, boolean clientCertificates) throws IOException {
        write(server);
        Map<String, Object> properties = new HashMap<>(Map.of(
                "tocsin.collector.access.certificate",
                        data.resolve("server.pem").toString(),
                "tocsin.collector.access.key", data.resolve("server.key").toString()));
        if (clientCertificates) {
            Path ca = Files.writeString(data.resolve("ca.pem"), authority.getCertificatePEM());
            properties.put("tocsin.collector.access.client-ca", ca.toString());
        }
        return new TestCollector(data.resolve("kafka"), properties);
    }

    private void write(X509Bundle server) throws IOException {
        Files.writeString(data.resolve("server.key"), server.getPrivateKeyPEM());
        Files.writeString(data.resolve("server.pem"), server.getCertificatePathPEM());
    }

    private static HttpResponse<byte[]> post(TestCollector collector, @Nullable X509Bundle client) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = client == null ? null : client.toKeyManagerFactory().getKeyManagers();
        context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(
                                    "https://127.0.0.1:" + collector.module().port() + "/v1/logs"))
                            .header("Content-Type", TestCollector.PROTOBUF)
                            .POST(BodyPublishers.ofByteArray(new byte[0]))
                            .build(),
                    BodyHandlers.ofByteArray());
        }
    }

    private static byte[] export(TestCollector collector, @Nullable X509Bundle client) throws Exception {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder().trustManager(authority.toTrustManager());
        if (client != null) {
            tls.keyManager(client.toKeyManagerFactory().getKeyManagers());
        }
        ManagedChannel channel = Grpc.newChannelBuilderForAddress("127.0.0.1", collector.grpcPort(), tls.build())
                .build();
        try {
            return ClientCalls.blockingUnaryCall(
                    channel,
                    TestCollector.method(Telemetry.service(Signal.LOGS)),
                    CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                    new byte[0]);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void bothTransportsSpeakTlsAndShowANewCertificateWithoutARestart() throws Exception {
        try (TestCollector collector = collector(issued(authority, "CN=collector", 1), false)) {
            assertThat(serial(post(collector, null))).isEqualTo(1);
            assertThat(export(collector, null)).isEmpty();
            write(issued(authority, "CN=collector", 2));
            TestCollector.until(() -> serialNow(collector), serial -> serial == 2);
            write(issued(stranger, "CN=collector", 3));
            TestCollector.until(() -> trusted(collector), trusted -> !trusted);
        }
    }

    /** Whether the gRPC server's certificate is of the authority. */
    private static boolean trusted(TestCollector collector) {
        try {
            return export(collector, null).length == 0;
        } catch (StatusRuntimeException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long serial(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        var certificate = answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return ((X509Certificate) certificate).getSerialNumber().longValue();
    }

    private static long serialNow(TestCollector collector) {
        try {
            return serial(post(collector, null));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withAnAuthorityForClientsOnlyItsCertificatesAreTaken() throws Exception {
        try (TestCollector collector = collector(issued(authority, "CN=collector", 1), true)) {
            X509Bundle shop = issued(authority, "CN=shop", 7);
            assertThat(post(collector, shop).statusCode()).isEqualTo(200);
            assertThat(export(collector, shop)).isEmpty();
            X509Bundle unknown = issued(stranger, "CN=shop", 8);
            assertThatThrownBy(() -> post(collector, null)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> post(collector, unknown)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> export(collector, null)).isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(() -> export(collector, unknown)).isInstanceOf(StatusRuntimeException.class);
        }
    }
}
