package io.tocsin.standalone.forward;

import io.tocsin.standalone.cli.InstanceAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin remote-write}: a process that forwards metrics to a long-term store until it is stopped. */
@Command(
        name = "remote-write",
        description = "Sends metrics on to a store that takes Prometheus remote write, until it is stopped.",
        mixinStandardHelpOptions = true)
public final class RemoteWriteCommand implements Callable<Integer> {

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(names = "--to", required = true, description = "URL of the store, such as http://mimir/api/v1/push.")
    private @Nullable URI to;

    @Option(names = "--bootstrap-servers", description = "Kafka; without it, that of the instance on this machine.")
    private @Nullable String bootstrapServers;

    @Option(names = "--group", description = "Consumer group: its offsets (default: ${DEFAULT-VALUE}).")
    private String group = "tocsin-remote-write";

    @Option(names = "--from-beginning", description = "A new group starts with what the topic still holds.")
    private boolean fromBeginning;

    @Option(names = "--header", description = "Header of each request, such as X-Scope-OrgID=shop.")
    private Map<String, String> headers = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        String servers =
                bootstrapServers == null ? "127.0.0.1:" + instance.ports().kafka() : bootstrapServers;
        CountDownLatch ended = new CountDownLatch(1);
        try (Store store = new Store(Objects.requireNonNull(to), headers)) {
            Forwarder forwarder = new Forwarder(
                    Map.of("bootstrap.servers", servers), group, fromBeginning, store, System.err::println);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                forwarder.close();
                await(ended);
            }));
            System.out.println("forwarding from " + servers + " to " + to);
            forwarder.run();
            return 0;
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
