package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmailTest extends ReceiverContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static SSLContext tls;

    @SuppressWarnings("NullAway.Init")
    private StrictSmtp server;

    @BeforeAll
    static void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-file",
                directory.resolve("ca.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "mail", "-storepass", "changeit"));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @BeforeEach
    void start() throws IOException {
        server = new StrictSmtp(tls, SECRET);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                email_configs:
                - to: ops@example.org, dba@example.org
                  from: Tocsin <alerts@tocsin.example>
                  smarthost: localhost:%d
                  auth_username: bot
                  auth_password: %s
                  tls_config: {ca_file: %s}
                """.formatted(server.port(), SECRET, directory.resolve("ca.pem")));
    }

    @Override
    void happens(Mishap mishap) {
        switch (mishap) {
            case BUSY -> server.answersMail("451 4.7.1 try again later");
            case BROKEN -> server.answersMail("421 4.3.0 closing");
            case SILENT -> server.fallSilent();
            case CREDENTIALS -> server.expects("another");
        }
    }

    /** SMTP has no word for it. */
    @Override
    Optional<Duration> rest() {
        return Optional.empty();
    }

    @Override
    List<String> violations() {
        return server.violations();
    }

    private MimeMessage mail(int index) {
        try {
            byte[] bytes = server.messages().get(index).getBytes(StandardCharsets.ISO_8859_1);
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private String header(int index, String name) {
        try {
            return String.valueOf(mail(index).getHeader(name, null));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private String subject(int index) {
        try {
            return mail(index).getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private String part(int mail, int index) {
        try {
            MimeMultipart parts = (MimeMultipart) mail(mail).getContent();
            return (String) parts.getBodyPart(index).getContent();
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(subject(0)).startsWith("[FIRING 1] cart");
        assertThat(header(0, "Message-Id")).isEqualTo("<msg_1@tocsin.example>");
        assertThat(header(0, "References")).isEqualTo("null");
        assertThat(part(0, 0)).contains("Checkout fails");
        assertThat(part(0, 1)).contains("<strong>Down0</strong>");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(header(1, "References")).isEqualTo("<msg_1@tocsin.example>");
        assertThat(header(1, "In-Reply-To")).isEqualTo("<msg_1@tocsin.example>");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(header(1, "References")).isEqualTo("<msg_1@tocsin.example>");
        assertThat(subject(1)).startsWith("[RESOLVED]");
    }

    @Test
    void anAddressThatTheServerDoesNotTakeIsGivenUp() throws InterruptedException {
        server.answersMail("550 5.7.1 not you");
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void nothingIsSentWhereTheCertificateIsNotTrusted() throws InterruptedException {
        ReceiverOptions distrusting = Configured.way("""
                email_configs:
                - to: ops@example.org
                  from: alerts@tocsin.example
                  smarthost: localhost:%d
                """.formatted(server.port()));
        try (Tellers tellers =
                new Tellers(io.tocsin.notifier.template.NoticeTemplates.defaults(), Duration.ofMinutes(5))) {
            assertThat(tellers.at("").tell(distrusting, Notices.alarm(), Notices.NOW))
                    .isInstanceOf(Outcome.Failed.class);
        }
        assertThat(server.messages()).isEmpty();
    }
}
