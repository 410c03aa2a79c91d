package io.tocsin.standalone.module;

import io.tocsin.collector.CollectorApplication;
import io.tocsin.console.ConsoleApplication;
import io.tocsin.notifier.NotifierApplication;
import io.tocsin.rulesengine.RulesEngineApplication;
import io.tocsin.runtime.RunningModule;
import io.tocsin.selfheal.SelfhealApplication;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.config.ConfigurationDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tocsin module NAME}: what a container runs. */
@Command(
        name = "module",
        description = "Runs one module until it is told to stop, beside a Kafka and a PostgreSQL of your own.",
        footer = {
            "",
            "Kafka, PostgreSQL and the other modules stand in the configuration's tocsin.yaml, or in the environment:",
            "TOCSIN_KAFKA_BOOTSTRAP_SERVERS, TOCSIN_POSTGRES_URL, TOCSIN_CONSOLE_QUERY_URL, …"
        },
        mixinStandardHelpOptions = true)
public final class ModuleCommand implements Callable<Integer> {

    /** The modules that can run alone. */
    enum Name {
        COLLECTOR(ModuleFiles::collector, CollectorApplication::start),
        RULES_ENGINE(ModuleFiles::rulesEngine, RulesEngineApplication::start),
        NOTIFIER(ModuleFiles::notifier, NotifierApplication::start),
        SELFHEAL(ModuleFiles::selfheal, SelfhealApplication::start),
        CONSOLE(ModuleFiles::console, ConsoleApplication::start);

        @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
        private final Function<Path, Map<String, Object>> files;

        @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
        private final Function<Map<String, Object>, RunningModule> start;

        Name(Function<Path, Map<String, Object>> files, Function<Map<String, Object>, RunningModule> start) {
            this.files = files;
            this.start = start;
        }
    }

    /** Names as they are written: {@code rules-engine}. */
    private static final class Names implements ITypeConverter<Name>, Iterable<String> {

        private static Stream<String> all() {
            return Stream.of(Name.values()).map(Names::written);
        }

        private static String written(Name name) {
            return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }

        @Override
        public Name convert(String value) {
            return Stream.of(Name.values())
                    .filter(name -> written(name).equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + all().collect(Collectors.joining(", ")) + ", found '" + value + "'"));
        }
    }

    @Parameters(description = "${COMPLETION-CANDIDATES}", converter = Names.class, completionCandidates = Names.class)
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private Name name;

    @Option(names = "--config", description = "Configuration directory (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Option(names = "--host", description = "Address to listen on (default: 127.0.0.1; 0.0.0.0 in a container).")
    private @Nullable String host;

    @Option(names = "--port", description = "Port of its HTTP server (default: the module's own).")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isDirectory(config)) {
            throw new UserError("there is no configuration directory " + config + "; ./tocsin init writes one");
        }
        RunningModule module = name.start.apply(properties(System.getenv()));
        System.out.println(module.name() + " listens on " + (host == null ? "127.0.0.1" : host) + ":" + module.port());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            module.close();
            stopped.countDown();
        }));
        stopped.await();
        return 0;
    }

    /** Later ones win: where files lie, what tocsin.yaml says, what the command line says. */
    private Map<String, Object> properties(Map<String, String> environment) {
        Map<String, Object> properties = new HashMap<>(name.files.apply(config));
        properties.putAll(ConfigurationDirectory.settings(config, environment));
        if (host != null) {
            properties.put("micronaut.server.host", host);
            properties.put("tocsin.collector.host", host);
        }
        if (port != null) {
            properties.put("micronaut.server.port", port);
        }
        return properties;
    }
}
