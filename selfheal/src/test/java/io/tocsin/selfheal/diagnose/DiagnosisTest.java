package io.tocsin.selfheal.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.selfheal.diagnose.Answer.Holds;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Check.Expect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    private static final Duration SOON = Duration.ofMillis(500);

    private HttpServer server;
    private Diagnosis diagnosis;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        diagnosis = new Diagnosis(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:1"));
    }

    @AfterEach
    void stop() {
        diagnosis.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "200, SERVING, YES, NO",
        "204, SERVING, YES, NO",
        "302, SERVING, YES, NO",
        "399, SERVING, YES, NO",
        "400, UNKNOWN, UNKNOWN, UNKNOWN",
        "401, UNKNOWN, UNKNOWN, UNKNOWN",
        "404, UNKNOWN, UNKNOWN, UNKNOWN",
        "429, UNKNOWN, UNKNOWN, UNKNOWN",
        "499, UNKNOWN, UNKNOWN, UNKNOWN",
        "500, DOWN, NO, YES",
        "503, DOWN, NO, YES"
    })
    void whatAStatusProves(int answered, Health health, Holds up, Holds down) throws Exception {
        status = answered;
        expect("http://127.0.0.1:" + server.getAddress().getPort() + "/health", health, up, down);
    }

    @Test
    void aRefusedConnectionIsDown() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        expect("http://127.0.0.1:" + port + "/", Health.DOWN, Holds.NO, Holds.YES);
        assertThat(ask("http://127.0.0.1:" + port + "/", Expect.DOWN).found()).contains("Connection refused");
    }

    @Test
    void silenceIsDown() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            expect("http://127.0.0.1:" + silent.getLocalPort() + "/", Health.DOWN, Holds.NO, Holds.YES);
        }
    }

    @Test
    void aResetAfterTheRequestIsDown() throws Exception {
        try (ServerSocket resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeEach(resetting));
            expect("http://127.0.0.1:" + resetting.getLocalPort() + "/", Health.DOWN, Holds.NO, Holds.YES);
        }
    }

    private static void closeEach(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                int first = socket.getInputStream().read();
                assertThat(first).isPositive();
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    @Test
    void aNameThatDoesNotResolveProvesNothing() throws Exception {
        expect("http://no-such-host.invalid/", Health.UNKNOWN, Holds.UNKNOWN, Holds.UNKNOWN);
    }

    @Test
    void aPlaceholderWithoutAValueProvesNothing() throws Exception {
        expect("http://127.0.0.1:{{target.port}}/", Health.UNKNOWN, Holds.UNKNOWN, Holds.UNKNOWN);
    }

    @Test
    void aCommandThatCannotBeRunProvesNothing() throws Exception {
        assertThat(diagnosis.ask(command("/no/such/program"), target("x")).holds())
                .isEqualTo(Holds.UNKNOWN);
        assertThat(diagnosis.ask(command("/bin/sleep", "60"), target("x")).holds())
                .isEqualTo(Holds.UNKNOWN);
        assertThat(diagnosis.ask(command("/bin/false"), target("x")).holds()).isEqualTo(Holds.NO);
        assertThat(diagnosis.ask(command("/bin/true"), target("x")).holds()).isEqualTo(Holds.YES);
    }

    @Test
    void aQueryThatFailsHoldsNeitherWay() throws Exception {
        for (boolean holds : List.of(true, false)) {
            Check condition = new Check.Condition(new Template("up == 0"), holds, SOON);
            assertThat(diagnosis.ask(condition, target("x")).holds()).isEqualTo(Holds.UNKNOWN);
        }
    }

    @Test
    void oneCheckWithoutAnAnswerConfirmsNothing() throws Exception {
        assertThat(diagnosis.confirm(List.of(command("/bin/true"), command("/no/such/program")), target("x")))
                .isInstanceOf(Confirmation.Unconfirmed.class);
        assertThat(diagnosis.confirm(List.of(command("/bin/true"), command("/bin/true")), target("x")))
                .isEqualTo(new Confirmation.Confirmed(2));
    }

    @Test
    void nothingIsKnownOfSilencesAndPipelineThatCannotBeAsked() throws Exception {
        assertThat(diagnosis.silences().over("f").toString()).contains("the notifier cannot be asked");
        assertThat(diagnosis.pipelineProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be asked"));
    }

    private void expect(String address, Health health, Holds up, Holds down) throws Exception {
        Target target = target(address);
        Fleet fleet = diagnosis.survey(new Inventory(List.of(target), List.of()));
        assertThat(fleet.of(target)).isEqualTo(health);
        assertThat(ask(address, Expect.UP).holds()).isEqualTo(up);
        assertThat(ask(address, Expect.DOWN).holds()).isEqualTo(down);
    }

    private Answer ask(String address, Expect expect) throws Exception {
        return diagnosis.ask(new Check.Http(new Template(address), expect, SOON), target(address));
    }

    private static Check command(String... arguments) {
        return new Check.Command(List.of(arguments).stream().map(Template::new).toList(), SOON);
    }

    private static Target target(String probe) {
        return new Target("x", "x", "x", "", false, false, Optional.of(new Template(probe)), Map.of());
    }
}
