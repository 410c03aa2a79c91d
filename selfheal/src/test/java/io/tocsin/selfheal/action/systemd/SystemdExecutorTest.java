package io.tocsin.selfheal.action.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Program;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.SystemdAction;
import io.tocsin.selfheal.playbook.SystemdAction.Verb;
import io.tocsin.selfheal.playbook.Template;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OpenSSH server; a script stands in for systemctl and keeps the state of units in files. */
class SystemdExecutorTest {

    @TempDir
    static Path directory;

    private static Program sshd;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        String program = Program.require("sshd");
        String keygen = Program.require("ssh-keygen");
        for (String key : List.of("host", "other", "user", "stranger")) {
            Program.run(
                    Map.of(),
                    List.of(
                            keygen,
                            "-q",
                            "-t",
                            "ed25519",
                            "-N",
                            "",
                            "-f",
                            directory.resolve(key).toString()));
        }
        port = FreePorts.next();
        known("known_hosts", "host.pub");
        known("other_hosts", "other.pub");
        Files.writeString(directory.resolve("no_hosts"), "");
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        if (System.getProperty("user.name").equals("root")) {
            // Where sshd separates its privileges; a service manager would make it.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        script();
        Path config = directory.resolve("sshd_config");
        Files.writeString(config, """
                ListenAddress 127.0.0.1:%1$d
                HostKey %2$s/host
                AuthorizedKeysFile %2$s/authorized
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin prohibit-password
                SetEnv PATH=%2$s/bin:/usr/bin:/bin UNITS=%2$s/units
                """.formatted(port, directory));
        sshd = Program.start(directory.resolve("log"), Map.of(), List.of(program, "-D", "-e", "-f", config.toString()))
                .until(SystemdExecutorTest::listens);
    }

    private static void known(String file, String key) throws Exception {
        Files.writeString(
                directory.resolve(file), "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve(key)));
    }

    private static void script() throws Exception {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve("systemctl");
        Files.writeString(file, """
                #!/bin/sh
                echo "$*" >> "$UNITS/calls"
                for unit; do :; done
                case "$1" in
                  show)
                    if [ ! -e "$UNITS/$unit" ]; then echo LoadState=not-found; echo ActiveState=inactive; exit 0; fi
                    echo LoadState=loaded
                    echo SubState=somehow
                    cat "$UNITS/$unit" ;;
                  restart|start|stop)
                    if [ ! -e "$UNITS/$unit" ]; then echo "Unit $unit not found."; exit 5; fi
                    if [ -e "$UNITS/denied" ]; then echo "Interactive authentication required."; exit 1; fi
                    if [ -e "$UNITS/hangs" ]; then sleep 30; fi
                    if [ -e "$UNITS/lies" ]; then exit 0; fi
                    if [ "$1" = stop ]; then state=inactive; else state=active; fi
                    if [ -e "$UNITS/breaks" ]; then state=failed; fi
                    now=$(cut -d' ' -f1 /proc/uptime | tr -d .)
                    { echo "ActiveState=$state"; echo "ActiveEnterTimestampMonotonic=${now}0000"; } > "$UNITS/$unit"
                    if [ -e "$UNITS/breaks" ]; then echo "Job for $unit failed."; exit 1; fi ;;
                esac
                """);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static boolean listens() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    @BeforeEach
    void anActiveUnit() throws Exception {
        Path units = Files.createDirectories(directory.resolve("units"));
        try (var files = Files.list(units)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(units.resolve("shop@1.service"), "ActiveState=active\nActiveEnterTimestampMonotonic=1\n");
        Files.createFile(units.resolve("calls"));
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void aUnitIsRestartedOnceHoweverOftenTheStepIsTried() throws Exception {
        Order order = Orders.first("restart", 1);
        assertThat(Orders.see(action(Verb.RESTART, "shop@1.service"), order).shown())
                .isEqualTo(Shown.NOT_YET);
        Outcome outcome = Orders.act(action(Verb.RESTART, "shop@1.service"), order);
        assertThat(outcome).isEqualTo(new Outcome(End.DONE, "shop@1.service is active (somehow)"));
        assertThat(changes()).containsExactly("restart --no-ask-password -- shop@1.service");

        assertThat(Orders.act(action(Verb.RESTART, "shop@1.service"), Orders.again(order))
                        .end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void aUnitIsStoppedAndStarted() throws Exception {
        assertThat(Orders.act(action(Verb.STOP, "shop@1.service"), Orders.first("stop", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(Orders.act(action(Verb.STOP, "shop@1.service"), Orders.first("stop", 1))
                        .end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(action(Verb.START, "shop@1.service"), Orders.first("start", 1))
                        .end())
                .isEqualTo(End.DONE);
    }

    @Test
    void whatASystemctlSaysAndDoesNotDoIsNoSuccess() throws Exception {
        flag("lies");
        Outcome outcome =
                Orders.act(action(Verb.STOP, "shop@1.service"), Orders.first("lies", 1, Duration.ofSeconds(1)));
        assertThat(outcome.end()).isEqualTo(End.NO_EFFECT);
        assertThat(outcome.detail()).contains("systemctl accepted it, but").endsWith("active (somehow)");
    }

    @Test
    void aUnitThatFailsIsToldWithWhatSystemctlSays() throws Exception {
        flag("breaks");
        Outcome outcome = Orders.act(action(Verb.RESTART, "shop@1.service"), Orders.first("breaks", 1));
        assertThat(outcome.end()).isEqualTo(End.FAILED);
        assertThat(outcome.detail()).endsWith("exit code 1: Job for shop@1.service failed.");
    }

    @Test
    void withoutTheRightItIsRefused() throws Exception {
        flag("denied");
        Outcome outcome = Orders.act(action(Verb.RESTART, "shop@1.service"), Orders.first("denied", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
    }

    @Test
    void whatDoesNotEndInTimeIsLookedAtAgain() throws Exception {
        flag("hangs");
        Outcome outcome =
                Orders.act(action(Verb.RESTART, "shop@1.service"), Orders.first("hangs", 1, Duration.ofSeconds(1)));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.TIMED_OUT);
        assertThat(outcome.detail()).contains("did not end in time").contains("shop@1.service is active");
    }

    @Test
    void anUnknownUnitIsAbsent() throws Exception {
        assertThat(Orders.act(action(Verb.RESTART, "pub.service"), Orders.first("absent", 1)))
                .isEqualTo(new Outcome(End.ABSENT, "there is no unit pub.service on 127.0.0.1"));
        assertThat(changes()).isEmpty();
    }

    @Test
    void nothingButANameReachesTheOtherMachine() throws Exception {
        for (String unit : List.of("a;reboot.service", "a'b.service", "$(id).service", "-H.service", "a b.service")) {
            Outcome outcome = Orders.act(action(Verb.RESTART, unit), Orders.first("injected", 1));
            assertThat(outcome.end()).as(unit).isEqualTo(End.REFUSED);
            assertThat(outcome.detail()).startsWith("expected the name of a unit");
        }
        assertThat(Files.readAllLines(directory.resolve("units/calls"))).isEmpty();
    }

    @Test
    void aHostIsNotSpokenToUnlessItsKeyIsKnown() throws Exception {
        for (String hosts : List.of("other_hosts", "no_hosts")) {
            Outcome outcome = Orders.act(action("user", hosts, port), Orders.first("unknown", 1));
            assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
            assertThat(outcome.detail()).contains("its host key is not the one in " + directory.resolve(hosts));
        }
        assertThat(Orders.act(action("user", "missing", port), Orders.first("unknown", 1))
                        .detail())
                .endsWith("cannot be read: no host is known");
    }

    @Test
    void aStrangersKeyIsRefused() throws Exception {
        Outcome outcome = Orders.act(action("stranger", "known_hosts", port), Orders.first("stranger", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).endsWith("the key is not accepted");
        assertThat(Orders.act(action("known_hosts", "known_hosts", port), Orders.first("no-key", 1))
                        .end())
                .isEqualTo(End.REFUSED);
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        Outcome outcome = Orders.act(action("user", "known_hosts", FreePorts.next()), Orders.first("nobody", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.UNREACHABLE);
    }

    private static void flag(String name) throws Exception {
        Files.createFile(directory.resolve("units").resolve(name));
    }

    private static List<String> changes() throws Exception {
        return Files.readAllLines(directory.resolve("units/calls")).stream()
                .filter(call -> !call.startsWith("show"))
                .toList();
    }

    private static SystemdAction action(Verb verb, String unit) {
        return action(verb, unit, "user", "known_hosts", port);
    }

    private static SystemdAction action(String key, String hosts, int at) {
        return action(Verb.RESTART, "shop@1.service", key, hosts, at);
    }

    private static SystemdAction action(Verb verb, String unit, String key, String hosts, int at) {
        return new SystemdAction(
                verb,
                new Template(unit),
                new Template("127.0.0.1"),
                at,
                new Template(System.getProperty("user.name")),
                directory.resolve(key).toString(),
                directory.resolve(hosts).toString(),
                false);
    }
}
