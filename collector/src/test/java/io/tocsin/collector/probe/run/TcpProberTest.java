package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict.Reason;
import io.tocsin.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpProberTest {

    /** What a server does with a connection. */
    private interface Conversation {
        void hold(Socket socket) throws IOException;
    }

    private static ServerSocket serve(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    conversation.hold(socket);
                } catch (IOException e) {
                    // The other side is gone, or the test is over.
                }
            }
        });
        return server;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String readLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static String address(ServerSocket server) {
        return "localhost:" + server.getLocalPort();
    }

    private static final String SMTP = """
            tcp:
              dialogue:
                - {expect: '^220 '}
                - {send: 'EHLO prober'}
                - {expect: '^250 '}
            """;

    @Test
    void aDialogueGoesAsExpectedAndOtherLinesAreReadOver() throws Exception {
        try (ServerSocket server = serve(socket -> {
            write(socket, "220 mail.example\r\n");
            if (readLine(socket).equals("EHLO prober")) {
                write(socket, "250-SIZE\r\n250 HELP\r\n");
            }
        })) {
            Outcome outcome = run(SMTP, address(server));
            assertPassed(outcome);
            assertThat(value(outcome, "probe_failed_due_to_regex")).isZero();
        }
    }

    @Test
    void aDialogueThatEndsBeforeTheExpectedLineFails() throws Exception {
        try (ServerSocket server = serve(socket -> write(socket, "554 go away\r\n"))) {
            Outcome outcome = run(SMTP, address(server));
            assertThat(reason(outcome)).isEqualTo(Reason.RESPONSE);
            assertThat(value(outcome, "probe_failed_due_to_regex")).isEqualTo(1);
        }
    }

    @Test
    void aServerThatSaysNothingFailsAtTheTimeout() throws Exception {
        try (ServerSocket server = serve(Socket::getInputStream);
                ServerSocket silent = serve(socket -> readLine(socket))) {
            assertThat(reason(run(SMTP, address(silent), Duration.ofMillis(300))))
                    .isEqualTo(Reason.TIMEOUT);
            assertPassed(run("tcp: {}", address(server)));
        }
    }

    @Test
    void aLineWithoutEndIsBounded() throws Exception {
        try (ServerSocket server = serve(socket -> write(socket, "x".repeat(200_000)))) {
            assertThat(reason(run(SMTP, address(server)))).isEqualTo(Reason.RESPONSE);
        }
    }

    @Test
    void nobodyThereIsNoConnection() throws Exception {
        assertThat(reason(run("tcp: {}", "127.0.0.1:" + FreePorts.next()))).isEqualTo(Reason.CONNECT);
    }

    @Test
    void tlsIsSpokenFromTheBeginningOrFromAPointOfTheDialogue(@TempDir Path directory) throws Exception {
        Certificates soon = new Certificates(directory, "-22H");
        String ca = "tls: {ca_file: " + soon.caFile() + "}";
        try (ServerSocket direct = serve(socket -> secured(soon, socket).startHandshake());
                ServerSocket later = serve(socket -> {
                    write(socket, "220 ready\n");
                    readLine(socket);
                    write(socket, "220 go ahead\n");
                    SSLSocket secured = secured(soon, socket);
                    write(secured, "250 private\n");
                })) {
            Outcome outcome = run("tls: {" + ca + "}", address(direct));
            assertPassed(outcome);
            assertThat(value(outcome, "probe_ssl_earliest_cert_expiry"))
                    .isEqualTo(soon.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(reason(run("tls: {" + ca + ", certificate_valid_for: 3h}", address(direct))))
                    .isEqualTo(Reason.CERTIFICATE);
            assertThat(reason(run("tls: {}", address(direct)))).isEqualTo(Reason.TLS);

            Outcome started = run("""
                    tcp:
                      %s
                      dialogue:
                        - {expect: '^220 ready'}
                        - {send: STARTTLS}
                        - {expect: '^220 go'}
                        - {starttls: true}
                        - {expect: '^250 private'}
                    """.formatted(ca), address(later));
            assertPassed(started);
            assertThat(value(started, "probe_tls_version_info", "{version=TLS 1.3}"))
                    .isEqualTo(1);
        }
    }

    private static SSLSocket secured(Certificates certificates, Socket socket) throws IOException {
        SSLSocket secured =
                (SSLSocket) certificates.server().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }
}
