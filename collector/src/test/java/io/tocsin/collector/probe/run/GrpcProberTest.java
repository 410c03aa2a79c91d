package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.SslContextBuilder;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict.Reason;
import io.tocsin.embedded.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcProberTest {

    private static NettyServerBuilder onLoopback() {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static String address(Server server) {
        return "localhost:" + server.getPort();
    }

    @Test
    void theHealthServiceIsBelieved() throws Exception {
        HealthStatusManager health = new HealthStatusManager();
        Server server =
                onLoopback().addService(health.getHealthService()).build().start();
        try {
            Outcome serving = run("grpc: {}", address(server));
            assertPassed(serving);
            assertThat(value(serving, "probe_grpc_healthcheck_response", "{serving_status=SERVING}"))
                    .isEqualTo(1);
            assertThat(value(serving, "probe_grpc_healthcheck_response", "{serving_status=NOT_SERVING}"))
                    .isZero();
            assertThat(value(serving, "probe_grpc_status_code")).isZero();
            assertThat(value(serving, "probe_grpc_ssl")).isZero();

            health.setStatus("shop.Checkout", ServingStatus.NOT_SERVING);
            Outcome not = run("grpc: {service: shop.Checkout}", address(server));
            assertThat(reason(not)).isEqualTo(Reason.NOT_SERVING);
            assertThat(value(not, "probe_grpc_healthcheck_response", "{serving_status=NOT_SERVING}"))
                    .isEqualTo(1);

            Outcome unknown = run("grpc: {service: shop.Nothing}", address(server));
            assertThat(reason(unknown)).isEqualTo(Reason.NOT_SERVING);
            assertThat(value(unknown, "probe_grpc_status_code")).isEqualTo(5);
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void nobodyThereIsNoConnection() throws Exception {
        assertThat(reason(run("grpc: {}", "127.0.0.1:" + FreePorts.next()))).isEqualTo(Reason.CONNECT);
    }

    @Test
    void itsCertificateIsMeasuredAndJudged(@TempDir Path directory) throws Exception {
        Certificates soon = new Certificates(directory, "-22H");
        HealthStatusManager health = new HealthStatusManager();
        Server server = onLoopback()
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(soon.keys()))
                        .build())
                .addService(health.getHealthService())
                .build()
                .start();
        try {
            String ca = "tls: {ca_file: " + soon.caFile() + "}";
            Outcome outcome = run("grpc: {" + ca + "}", address(server));
            assertPassed(outcome);
            assertThat(value(outcome, "probe_grpc_ssl")).isEqualTo(1);
            assertThat(value(outcome, "probe_ssl_earliest_cert_expiry"))
                    .isEqualTo(soon.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(reason(run("grpc: {" + ca + ", certificate_valid_for: 3h}", address(server))))
                    .isEqualTo(Reason.CERTIFICATE);
        } finally {
            server.shutdownNow();
        }
    }
}
