package io.tocsin.selfheal.action.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Program;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.Endpoint;
import io.tocsin.selfheal.playbook.SupervisorAction;
import io.tocsin.selfheal.playbook.SupervisorAction.Verb;
import io.tocsin.selfheal.playbook.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real supervisor. */
class SupervisorExecutorTest {

    @TempDir
    static Path directory;

    private static Program supervisor;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        String program = Program.require("supervisord");
        port = FreePorts.next();
        Files.writeString(directory.resolve("password"), "secret\n");
        Files.writeString(directory.resolve("wrong"), "guess\n");
        Path config = directory.resolve("supervisord.conf");
        Files.writeString(config, """
                [supervisord]
                nodaemon=true
                logfile=/dev/null
                logfile_maxbytes=0
                pidfile=%1$s/pid
                [unix_http_server]
                file=%1$s/socket
                username=tocsin
                password=secret
                [inet_http_server]
                port=127.0.0.1:%2$d
                username=tocsin
                password=secret
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                [program:shop]
                command=/bin/sh -c 'echo $$ >> %1$s/pids; exec sleep 1000'
                [program:idle]
                command=sleep 1000
                autostart=false
                [program:broken]
                command=/bin/sh -c 'exit 3'
                autostart=false
                startretries=0
                [program:lingers]
                command=/bin/sh -c 'trap "" TERM; while true; do sleep 1; done'
                stopwaitsecs=1000
                """.formatted(directory, port));
        supervisor = Program.start(directory.resolve("log"), Map.of(), List.of(program, "-c", config.toString()))
                .until(() -> Files.exists(directory.resolve("pids")) && Files.exists(directory.resolve("socket")));
    }

    @AfterAll
    static void stop() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    @Test
    void aProcessIsRestartedOnceHoweverOftenTheStepIsTried() throws Exception {
        Order order = Orders.first("restart-once", 1);
        int before = pids().size();
        Outcome outcome = Orders.act(action(Verb.RESTART, "shop"), order);
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.DONE);
        assertThat(outcome.detail()).startsWith("RUNNING, pid " + pids().getLast());
        assertThat(pids()).hasSize(before + 1);

        assertThat(Orders.see(action(Verb.RESTART, "shop"), order).shown()).isEqualTo(Shown.THERE);
        assertThat(Orders.act(action(Verb.RESTART, "shop"), Orders.again(order)).end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(pids()).hasSize(before + 1);
    }

    @Test
    void aProcessThatIsDownWasNotRestarted() throws Exception {
        assertThat(Orders.see(action(Verb.RESTART, "idle"), Orders.first("another", 1))
                        .shown())
                .isEqualTo(Shown.NOT_YET);
    }

    @Test
    void overItsSocketAProcessIsStartedAndStopped() throws Exception {
        SupervisorAction start = action(Verb.START, "idle", "unix:" + directory.resolve("socket"), "password");
        SupervisorAction stop = action(Verb.STOP, "idle", "unix:" + directory.resolve("socket"), "password");
        assertThat(Orders.act(stop, Orders.first("stop-0", 1)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(start, Orders.first("start", 1)).end()).isEqualTo(End.DONE);
        assertThat(Orders.act(start, Orders.first("start-2", 1)).end()).isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(stop, Orders.first("stop", 1)).end()).isEqualTo(End.DONE);
        assertThat(Orders.see(stop, Orders.first("seen", 1)).found()).startsWith("STOPPED");
    }

    @Test
    void aProcessThatDoesNotComeUpIsToldAtOnce() throws Exception {
        Outcome outcome = Orders.act(action(Verb.START, "broken"), Orders.first("broken", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.FAILED);
        assertThat(outcome.detail()).containsAnyOf("Exited too quickly", "SPAWN_ERROR");
    }

    @Test
    void aStopThatIsAcceptedWithoutEffectIsNoSuccess() throws Exception {
        Outcome outcome = Orders.act(action(Verb.STOP, "lingers"), Orders.first("lingers", 1, Duration.ofSeconds(1)));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.NO_EFFECT);
        assertThat(outcome.detail()).contains("supervisor stops it, but after 1000 ms: STOPPING");
    }

    @Test
    void whatIsNotThereIsSaidToBeAbsent() throws Exception {
        Outcome outcome = Orders.act(action(Verb.RESTART, "nothing"), Orders.first("absent", 1));
        assertThat(outcome).isEqualTo(new Outcome(End.ABSENT, "supervisor has no process nothing"));
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() throws Exception {
        Outcome outcome =
                Orders.act(action(Verb.RESTART, "shop", "http://127.0.0.1:" + port, "wrong"), Orders.first("wrong", 1));
        assertThat(outcome.end()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).contains("401").doesNotContain("guess");
        assertThat(Orders.act(
                                action(Verb.RESTART, "shop", "http://127.0.0.1:" + port, "no-such-file"),
                                Orders.first("no-file", 1))
                        .detail())
                .contains("no-such-file cannot be read");
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        assertThat(Orders.act(action(Verb.RESTART, "shop", nobody, "password"), Orders.first("nobody", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
        String gone = "unix:" + directory.resolve("gone");
        assertThat(Orders.act(action(Verb.RESTART, "shop", gone, "password"), Orders.first("gone", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
        assertThat(Orders.see(action(Verb.RESTART, "shop", gone, "password"), Orders.first("gone", 1))
                        .shown())
                .isEqualTo(Shown.UNTOLD);
    }

    private static List<String> pids() throws Exception {
        return Files.readAllLines(directory.resolve("pids"));
    }

    private static SupervisorAction action(Verb verb, String process) {
        return action(verb, process, "http://127.0.0.1:" + port, "password");
    }

    private static SupervisorAction action(Verb verb, String process, String address, String passwordFile) {
        Endpoint at = new Endpoint(
                new Template(address),
                Optional.of("tocsin"),
                Optional.of(directory.resolve(passwordFile).toString()));
        return new SupervisorAction(verb, new Template(process), at);
    }
}
