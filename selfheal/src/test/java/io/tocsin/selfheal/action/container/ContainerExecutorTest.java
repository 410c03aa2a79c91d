package io.tocsin.selfheal.action.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Program;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.ContainerAction;
import io.tocsin.selfheal.playbook.ContainerAction.Verb;
import io.tocsin.selfheal.playbook.Endpoint;
import io.tocsin.selfheal.playbook.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Podman, with real containers. */
class ContainerExecutorTest {

    @TempDir
    static Path directory;

    private static Program service;
    private static String podman;

    @BeforeAll
    static void start() throws Exception {
        podman = Program.require("podman");
        Program.require("runc");
        Path busybox = Path.of(Program.require("busybox"));
        assumeTrue(System.getProperty("user.name").equals("root"), "containers are run by root here");
        Files.writeString(directory.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
                netns = "none"
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """);
        Path root = Files.createDirectories(directory.resolve("rootfs/bin"));
        Files.copy(busybox, root.resolve("sh"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(busybox, root.resolve("sleep"), StandardCopyOption.REPLACE_EXISTING);
        Program.run(Map.of(), List.of("tar", "-C", directory + "/rootfs", "-cf", directory + "/image.tar", "."));
        run("import", directory + "/image.tar", "busybox");
        run(
                "run",
                "-d",
                "--name",
                "shop",
                "busybox",
                "/bin/sh",
                "-c",
                "trap 'exit 0' TERM; while true; do sleep 1; done");
        service = Program.start(
                        directory.resolve("log"),
                        environment(),
                        command("system", "service", "--time=0", "unix://" + directory.resolve("podman.sock")))
                .until(() -> Files.exists(directory.resolve("podman.sock")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            run("rm", "-f", "-t", "0", "shop");
            service.close();
            run("rmi", "-f", "busybox");
        }
    }

    @Test
    void aContainerIsRestartedOnceHoweverOftenTheStepIsTried() throws Exception {
        String before = startedAt();
        Order order = Orders.first("restart", 1);
        Outcome outcome = Orders.act(action(Verb.RESTART, "shop"), order);
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.DONE);
        String after = startedAt();
        assertThat(after).isNotEqualTo(before);

        assertThat(Orders.see(action(Verb.RESTART, "shop"), order).shown()).isEqualTo(Shown.THERE);
        assertThat(Orders.act(action(Verb.RESTART, "shop"), Orders.again(order)).end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(startedAt()).isEqualTo(after);
    }

    @Test
    void aContainerIsPausedAndStoppedAndComesBack() throws Exception {
        assertThat(Orders.act(action(Verb.PAUSE, "shop"), Orders.first("pause", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(state()).isEqualTo("paused");
        assertThat(Orders.act(action(Verb.PAUSE, "shop"), Orders.first("pause-2", 1))
                        .end())
                .isEqualTo(End.ALREADY_DONE);
        assertThat(Orders.act(action(Verb.UNPAUSE, "shop"), Orders.first("unpause", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(Orders.act(action(Verb.STOP, "shop"), Orders.first("stop", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(state()).isEqualTo("exited");
        assertThat(Orders.act(action(Verb.START, "shop"), Orders.first("start", 1))
                        .end())
                .isEqualTo(End.DONE);
        assertThat(state()).isEqualTo("running");
    }

    @Test
    void anUnknownContainerIsAbsent() throws Exception {
        Outcome outcome = Orders.act(action(Verb.RESTART, "nothing"), Orders.first("absent", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.ABSENT);
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        assertThat(Orders.act(
                                action(Verb.RESTART, "shop", "http://127.0.0.1:" + FreePorts.next()),
                                Orders.first("nobody", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
        assertThat(Orders.act(action(Verb.RESTART, "shop", "unix:" + directory.resolve("x")), Orders.first("x", 1))
                        .end())
                .isEqualTo(End.UNREACHABLE);
    }

    private static String startedAt() throws Exception {
        return run("inspect", "--format", "{{.State.StartedAt}}", "shop").strip();
    }

    private static String state() throws Exception {
        return run("inspect", "--format", "{{.State.Status}}", "shop").strip();
    }

    private static ContainerAction action(Verb verb, String container) {
        return action(verb, container, "unix:" + directory.resolve("podman.sock"));
    }

    private static ContainerAction action(Verb verb, String container, String address) {
        Endpoint at = new Endpoint(new Template(address), Optional.empty(), Optional.empty());
        return new ContainerAction(verb, new Template(container), at, 3);
    }

    private static Map<String, String> environment() {
        return Map.of("CONTAINERS_CONF", directory.resolve("containers.conf").toString());
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                podman,
                "--root",
                directory.resolve("root").toString(),
                "--runroot",
                directory.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String run(String... arguments) throws Exception {
        return Program.run(environment(), command(arguments));
    }
}
