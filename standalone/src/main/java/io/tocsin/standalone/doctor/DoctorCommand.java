package io.tocsin.standalone.doctor;

import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.doctor.Finding.Level;
import io.tocsin.standalone.up.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at this machine, the configuration, Kafka, PostgreSQL, the modules and the way of an exporter,",
            "and says what to do. Changes nothing. Exits with 1 when something must be done."
        },
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    private static final String KAFKA = "tocsin.kafka.bootstrap-servers";
    private static final String POSTGRES = "tocsin.postgres.url";

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Option(names = "--config", description = "Configuration directory (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Option(
            names = "--endpoint",
            description = "Only look whether an exporter gets through to this address, OTLP over HTTP.")
    private @Nullable URI endpoint;

    @Override
    public Integer call() {
        List<Finding> findings = endpoint == null ? all() : List.of(ModuleChecks.exporter(endpoint));
        output.print(findings, () -> findings.forEach(DoctorCommand::print));
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? 1 : 0;
    }

    private List<Finding> all() {
        Ports ports = instance.ports();
        List<Finding> findings = new ArrayList<>(List.of(
                MachineChecks.java(Runtime.version()),
                MachineChecks.memory(),
                MachineChecks.disk(instance.data()),
                MachineChecks.openFiles(),
                MachineChecks.clock()));
        findings.addAll(ConfigurationChecks.all(config));
        Map<String, Object> settings = ConfigurationDirectory.settings(config, System.getenv());
        if (instance.runs()) {
            findings.addAll(KafkaChecks.all(named(settings, KAFKA, "127.0.0.1:" + ports.kafka()), Instant.now()));
            findings.addAll(postgres(settings, "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres"));
            findings.addAll(ModuleChecks.ready(ports));
            findings.add(ModuleChecks.exporter(InstanceAddress.url(ports.http(), "")));
            findings.add(ModuleChecks.grpc(ports.grpc()));
        } else {
            findings.add(PortChecks.free(ports));
            if (settings.containsKey(KAFKA)) {
                findings.addAll(KafkaChecks.all(named(settings, KAFKA, ""), Instant.now()));
            }
            if (settings.containsKey(POSTGRES)) {
                findings.addAll(postgres(settings, ""));
            }
            findings.add(Finding.ok("instance", "none runs; ./tocsin up starts one"));
        }
        return findings;
    }

    private static List<Finding> postgres(Map<String, Object> settings, String otherwise) {
        return PostgresChecks.all(
                named(settings, POSTGRES, otherwise),
                named(settings, "tocsin.postgres.user", "postgres"),
                named(settings, "tocsin.postgres.password", ""));
    }

    private static String named(Map<String, Object> settings, String key, String otherwise) {
        return String.valueOf(settings.getOrDefault(key, otherwise));
    }

    private static void print(Finding finding) {
        String level = Ansi.AUTO.string(finding.level().marked());
        String pad = " ".repeat(4 - finding.level().name().length());
        System.out.println(level + pad + "  " + finding.what() + ": " + finding.found());
        if (!finding.advice().isEmpty()) {
            System.out.println("      → " + finding.advice());
        }
    }
}
