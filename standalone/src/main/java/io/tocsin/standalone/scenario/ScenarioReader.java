package io.tocsin.standalone.scenario;

import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.promql.testscript.SeriesDescription;
import io.tocsin.rulesengine.converge.ConvergePolicy.Dependency;
import io.tocsin.rulesengine.rules.YamlFields;
import io.tocsin.rulesengine.rules.YamlText;
import io.tocsin.standalone.scenario.ScenarioFile.Incident;
import io.tocsin.standalone.scenario.ScenarioFile.Notice;
import io.tocsin.standalone.scenario.ScenarioFile.Repair;
import io.tocsin.standalone.scenario.ScenarioFile.Scenario;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a file of scenarios; every problem is reported with its place. */
final class ScenarioReader {

    private static final Set<String> FILE =
            Set.of("rules", "alertmanager", "playbooks", "targets", "evaluation_interval", "scenarios");
    private static final Set<String> SCENARIO =
            Set.of("name", "interval", "start", "length", "series", "dependencies", "incidents", "notices", "repairs");
    private static final Map<String, String> DECISIONS =
            Map.of("run", "run", "wait", "wait", "refuse", "refuse", "none", "none");
    private static final Map<String, String> STATUS = Map.of("open", "open", "closed", "closed", "merged", "merged");
    private static final Duration STANDARD_INTERVAL = Duration.ofSeconds(15);
    private static final Duration STANDARD_LENGTH = Duration.ofMinutes(15);
    /** A Monday morning. */
    private static final Instant STANDARD_START = Instant.parse("2026-01-05T10:00:00Z");

    private final YamlText source;

    ScenarioReader(YamlText source) {
        this.source = source;
    }

    ScenarioFile read() {
        List<Node> documents = source.documents();
        if (documents.isEmpty()) {
            source.problems().error(source.start(), "expected scenarios, found an empty file");
            return new ScenarioFile(List.of(), Optional.empty(), List.of(), List.of(), STANDARD_INTERVAL, List.of());
        }
        YamlFields file = source.fields(documents.getFirst(), "scenario file");
        file.allow(FILE);
        Duration interval = positive(file, "evaluation_interval", STANDARD_INTERVAL);
        List<Scenario> scenarios = new ArrayList<>();
        for (Node scenario : file.list("scenarios")) {
            scenarios.add(scenario(source.fields(scenario, "scenario"), interval, scenarios.size()));
        }
        if (scenarios.isEmpty()) {
            source.problems().error(file.keyPosition("scenarios"), "expected at least one scenario");
        }
        ScenarioFile read = new ScenarioFile(
                file.texts("rules"),
                file.text("alertmanager"),
                file.texts("playbooks"),
                file.texts("targets"),
                interval,
                scenarios);
        checkFiles(file, read);
        return read;
    }

    private void checkFiles(YamlFields file, ScenarioFile read) {
        if (read.rules().isEmpty()) {
            source.problems().error(file.keyPosition("rules"), "expected rules: the rule files");
        }
        for (Scenario scenario : read.scenarios()) {
            if (scenario.notices().isPresent() && read.alertmanager().isEmpty()) {
                source.problems().error(scenario.position(), "notices are expected, and alertmanager: is missing");
            }
            if (scenario.repairs().isPresent() && read.playbooks().isEmpty()) {
                source.problems().error(scenario.position(), "repairs are expected, and playbooks: is missing");
            }
        }
    }

    private static Duration positive(YamlFields fields, String name, Duration otherwise) {
        Duration duration = fields.duration(name).orElse(otherwise);
        if (!duration.isPositive()) {
            fields.error(name, "expected more than 0s for " + name);
            return otherwise;
        }
        return duration;
    }

    private Scenario scenario(YamlFields fields, Duration interval, int index) {
        fields.allow(SCENARIO);
        List<SeriesDescription> series = new ArrayList<>();
        fields.list("series").forEach(node -> series(source.fields(node, "series"), series));
        List<Dependency> dependencies = new ArrayList<>();
        for (Node node : fields.list("dependencies")) {
            YamlFields dependency = source.fields(node, "dependency");
            dependency.allow(Set.of("dependent", "on"));
            dependencies.add(new Dependency(required(dependency, "dependent"), required(dependency, "on")));
        }
        return new Scenario(
                fields.text("name").orElse("unnamed#" + index),
                fields.position(),
                positive(fields, "interval", interval),
                start(fields),
                positive(fields, "length", STANDARD_LENGTH),
                series,
                dependencies,
                expected(fields, "incidents", this::incident),
                expected(fields, "notices", this::notice),
                expected(fields, "repairs", this::repair));
    }

    private static void series(YamlFields fields, List<SeriesDescription> into) {
        fields.allow(Set.of("series", "values"));
        try {
            into.add(new SeriesDescription(
                    SeriesDescription.parseMetric(required(fields, "series")),
                    SeriesDescription.parseValues(required(fields, "values"))));
        } catch (ScriptException e) {
            fields.error("series", "not a series with values: " + e.getMessage());
        }
    }

    private static Instant start(YamlFields fields) {
        String text = fields.text("start").orElse(STANDARD_START.toString());
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            fields.error("start", "expected a time as " + STANDARD_START + " for start, found '" + text + "'");
            return STANDARD_START;
        }
    }

    private <T> Optional<List<T>> expected(YamlFields fields, String name, Function<YamlFields, T> reader) {
        if (!fields.all().containsKey(name)) {
            return Optional.empty();
        }
        List<T> all = new ArrayList<>();
        fields.list(name).forEach(node -> all.add(reader.apply(source.fields(node, name))));
        return Optional.of(List.copyOf(all));
    }

    private Incident incident(YamlFields fields) {
        fields.allow(Set.of("status", "root", "alerts"));
        return new Incident(
                fields.choice("status", STATUS),
                fields.text("root"),
                fields.has("alerts") ? Optional.of(names(fields, "alerts")) : Optional.empty());
    }

    private Notice notice(YamlFields fields) {
        fields.allow(Set.of("at", "receiver", "firing", "resolved"));
        return new Notice(
                fields.duration("at"),
                required(fields, "receiver"),
                names(fields, "firing"),
                names(fields, "resolved"));
    }

    private Repair repair(YamlFields fields) {
        fields.allow(Set.of("at", "decision", "playbook", "target", "reason"));
        Optional<String> decision = fields.choice("decision", DECISIONS);
        if (decision.isEmpty()) {
            fields.error("decision", "expected decision: run, wait, refuse or none");
        }
        return new Repair(
                fields.duration("at"),
                decision.orElse("none"),
                fields.text("playbook"),
                fields.text("target"),
                fields.text("reason"));
    }

    private static List<String> names(YamlFields fields, String name) {
        return fields.texts(name).stream().sorted().toList();
    }

    private static String required(YamlFields fields, String name) {
        Optional<String> text = fields.text(name);
        if (text.isEmpty()) {
            fields.error(name, "expected " + name);
        }
        return text.orElse("");
    }
}
