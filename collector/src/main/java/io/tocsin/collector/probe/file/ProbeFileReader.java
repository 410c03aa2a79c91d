package io.tocsin.collector.probe.file;

import io.tocsin.collector.config.Fields;
import io.tocsin.collector.config.Problem;
import io.tocsin.collector.config.Problems;
import io.tocsin.collector.config.YamlText;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.probe.Addresses;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Expected;
import io.tocsin.collector.probe.Plan;
import io.tocsin.collector.probe.Probe;
import io.tocsin.collector.probe.ProbeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads probes.yaml: every mistake at once, with its place. */
public final class ProbeFileReader {

    private static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);
    private static final Duration LEAST_EVERY = Duration.ofSeconds(1);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Problems problems;
    private final CheckReader checks;

    private ProbeFileReader(Problems problems, Values values) {
        this.problems = problems;
        this.checks = new CheckReader(values);
    }

    /**
     * What a file says.
     *
     * @param file to be used only when there are no problems
     */
    public record Reading(ProbeFile file, List<Problem> problems) {}

    /**
     * Reads a file's text.
     *
     * @param name of the file, for messages
     * @param environment what <code>${NAME}</code> stands for in secrets
     */
    public static Reading read(String name, String text, Map<String, String> environment) {
        Problems problems = new Problems(name);
        ProbeFileReader reader = new ProbeFileReader(problems, new Values(environment));
        ProbeFile file =
                YamlText.compose(name, text, problems).map(reader::file).orElse(ProbeFile.EMPTY);
        return new Reading(file, problems.sorted());
    }

    private ProbeFile file(Node node) {
        Fields fields = new Fields(node, "probes and expected targets", problems);
        Optional<String> prober = fields.text("prober");
        List<Probe> probes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node probe : fields.list("probes")) {
            probe(new Fields(probe, "a probe", problems), names).ifPresent(probes::add);
        }
        List<Expected> expected = new ArrayList<>();
        for (Node each : fields.list("expected")) {
            expected.add(expected(new Fields(each, "expected targets", problems)));
        }
        fields.close();
        return new ProbeFile(prober, probes, expected);
    }

    private Optional<Probe> probe(Fields fields, Set<String> names) {
        String name = fields.required("name");
        if (!names.add(name)) {
            fields.error("name", "there is another probe \"" + name + "\"");
        }
        Optional<String> service = fields.text("service");
        Optional<String> environment = fields.text("environment");
        Duration every = fields.duration("every").orElse(DEFAULT_EVERY);
        Duration timeout = fields.duration("timeout").orElse(shorter(every, DEFAULT_TIMEOUT));
        if (every.compareTo(LEAST_EVERY) < 0) {
            fields.error("every", "expected at least 1s");
        } else if (timeout.isZero() || timeout.compareTo(every) > 0) {
            fields.error("timeout", "expected more than nothing, and not more than every (" + every + ")");
        }
        Optional<Check> check = checks.read(fields);
        var targets = SourceReader.ofProbe(fields);
        check.ifPresent(own -> targets.fixed().stream()
                .map(Discovered::address)
                .flatMap(address -> Addresses.problem(own, address).stream())
                .forEach(problem -> fields.error("targets", problem)));
        fields.close();
        boolean usable = check.isPresent() && !timeout.isZero() && timeout.compareTo(every) <= 0;
        return usable
                ? Optional.of(new Probe(name, service, environment, every, timeout, check.get(), targets))
                : Optional.empty();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Expected expected(Fields fields) {
        String name = fields.required("name");
        var targets = SourceReader.ofExpected(fields);
        fields.close();
        boolean templated = Plan.IDENTIFYING.keySet().stream().anyMatch(targets.labels()::containsKey);
        boolean written = targets.fixed().stream()
                .allMatch(target -> Plan.IDENTIFYING.keySet().stream().anyMatch(target.labels()::containsKey));
        if (!written && !templated) {
            fields.error("targets", "each needs one of the labels " + String.join(", ", Plan.IDENTIFYING.keySet()));
        }
        return new Expected(name, targets);
    }
}
