package io.tocsin.standalone.up;

import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import io.tocsin.standalone.demo.Demo;
import io.tocsin.standalone.demo.DemoConfiguration;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin up}. */
@Command(
        name = "up",
        description = "Runs everything on this machine until Ctrl-C, with an embedded Kafka and PostgreSQL.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    @Option(names = "--data", description = "Directory of everything that is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--config", description = "Configuration directory (default: ./config, written when absent).")
    private @Nullable Path config;

    @Option(
            names = "--durable",
            description = "Flush every Kafka batch to disk: survives the loss of power, costs speed.")
    private boolean durable;

    @Option(names = "--demo", description = "Also run the demo shop, with its rules and its playbook.")
    private boolean demo;

    @Mixin
    private final PortOptions portOptions = new PortOptions();

    @Override
    public Integer call() throws Exception {
        Ports ports = portOptions.ports();
        LogFile.begin(data.resolve("logs"));
        Path configuration = configuration(ports);
        long begin = System.nanoTime();
        Instance instance = Instance.start(
                new Instance.Options(data, configuration, ports, durable),
                (part, millis) -> System.out.printf("  %-14s up after %5d ms%n", part, millis));
        Optional<Demo> shop = demo
                ? Optional.of(
                        Demo.start(URI.create("http://127.0.0.1:" + ports.http()), ports.demo(), data.resolve("demo")))
                : Optional.empty();
        System.out.println(Welcome.text(ports, data, configuration, shop.isPresent(), System.nanoTime() - begin));
        awaitStop(instance, shop);
        return 0;
    }

    private Path configuration(Ports ports) {
        if (demo && config == null) {
            return DemoConfiguration.write(data.resolve("demo-config"), ports, data);
        }
        Path directory = config == null ? Path.of("config") : config;
        if (!Files.exists(directory)) {
            ConfigurationDirectory.write(Template.STARTER, directory, Map.of())
                    .forEach(file -> System.out.println("  wrote " + directory.resolve(file)));
        }
        return directory;
    }

    private static void awaitStop(Instance instance, Optional<Demo> shop) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            System.out.println("stopping");
            shop.ifPresent(Demo::close);
            instance.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
