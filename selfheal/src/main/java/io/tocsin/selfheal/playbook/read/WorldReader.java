package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.History.Approval;
import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import io.tocsin.selfheal.trial.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how things are in a test: what a key does not say is as a repair would like it, or as it was before. */
final class WorldReader {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration AGE = Duration.ofMinutes(1);
    private static final Duration SAMPLE_AGE = Duration.ofSeconds(10);

    private final Problems problems;

    WorldReader(Problems problems) {
        this.problems = problems;
    }

    /** How things are at the beginning. */
    World start(Fields fields) {
        Instant now = fields.instant("now").orElse(NOW);
        Incident none = new Incident("test", "test", Incident.Status.OPEN, 1, now, "", "", Optional.empty(), List.of());
        World wished = new World(
                now,
                none,
                Map.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                new Silence.None(),
                true,
                List.of(),
                Set.of(),
                Map.of(),
                Approval.NOT_ASKED);
        return changed(wished, fields);
    }

    /** The same, but for what is said. */
    World changed(World before, Fields fields) {
        Map<String, Health> health = new HashMap<>(before.health());
        health.putAll(health(fields));
        return new World(
                before.now(),
                fields.child("incident")
                        .map(node -> incident(new Fields(node, "incident", problems), before))
                        .orElse(before.incident()),
                health,
                given(fields, "frozen", before.frozenBy()),
                fields.flag("caught_up", before.caughtUp()),
                given(fields, "pipeline_problem", before.pipelineProblem()),
                silence(fields, before.silence()),
                fields.flag("confirmed", before.confirmed()),
                fields.has("runs") ? runs(fields, before.now()) : before.runs(),
                fields.has("quarantined") ? new HashSet<>(fields.texts("quarantined")) : before.quarantined(),
                fields.has("deployed") ? deployed(fields, before.now()) : before.deployedAt(),
                fields.oneOf("approval", Approval.values()).orElse(before.approval()));
    }

    /** A text; "" takes back what was said before. */
    private static Optional<String> given(Fields fields, String key, Optional<String> before) {
        Optional<String> text = fields.text(key);
        return text.isPresent() ? text.filter(said -> !said.isEmpty()) : before;
    }

    private Silence silence(Fields fields, Silence before) {
        return fields.text("silence")
                .<Silence>map(text -> switch (text) {
                    case "none" -> new Silence.None();
                    case "unknown" -> new Silence.Unknown("the notifier cannot be asked");
                    default -> new Silence.Active(text);
                })
                .orElse(before);
    }

    private Map<String, Health> health(Fields fields) {
        Map<String, Health> health = new HashMap<>();
        fields.map("health").forEach((target, text) -> {
            List<String> names = new ArrayList<>();
            for (Health each : Health.values()) {
                names.add(each.name().toLowerCase(Locale.ROOT));
            }
            if (names.contains(text)) {
                health.put(target, Health.valueOf(text.toUpperCase(Locale.ROOT)));
            } else {
                problems.at(fields.where("health"), Problems.unknown("health", text, names));
            }
        });
        return health;
    }

    private static Incident incident(Fields fields, World world) {
        Optional<Alert> known = world.incident().alerts().stream().findFirst();
        String element =
                fields.text("element").or(() -> known.map(Alert::element)).orElseGet(() -> fields.required("element"));
        Map<String, String> labels = new HashMap<>(known.map(Alert::labels).orElse(Map.of()));
        labels.putAll(fields.map("labels"));
        fields.text("alertname").ifPresent(name -> labels.put("alertname", name));
        Quality before = known.map(Alert::quality).orElse(new Quality(true, Optional.of(SAMPLE_AGE)));
        Alert alert = new Alert(
                "test",
                "test",
                element,
                labels,
                fields.oneOf("state", Alert.State.values())
                        .orElse(known.map(Alert::state).orElse(Alert.State.FIRING)),
                true,
                fields.flag("external", known.map(Alert::external).orElse(false)),
                fields.duration("age")
                        .map(world.now()::minus)
                        .or(() -> known.map(Alert::since))
                        .orElse(world.now().minus(AGE)),
                new Quality(
                        fields.flag("complete", before.complete()),
                        fields.duration("sample_age").or(before::newestSampleAge)));
        Incident.Status status = fields.oneOf("status", Incident.Status.values())
                .orElse(world.incident().status());
        fields.close();
        return new Incident("test", "test", status, 1, world.now(), "", "", Optional.of(element), List.of(alert));
    }

    private List<PastRun> runs(Fields fields, Instant now) {
        List<PastRun> runs = new ArrayList<>();
        for (Node node : fields.children("runs")) {
            Fields run = new Fields(node, "a past repair", problems);
            String target = run.required("target");
            runs.add(new PastRun(
                    run.text("incident").orElse("earlier"),
                    run.text("playbook").orElse(""),
                    target,
                    run.text("service").orElse(target),
                    run.text("domain").orElse(""),
                    run.text("cause").orElse(""),
                    run.integer("restarts").orElse(0),
                    now.minus(run.duration("ago").orElse(Duration.ZERO)),
                    run.oneOf("outcome", PastRun.Outcome.values()).orElse(PastRun.Outcome.VERIFIED)));
            run.close();
        }
        return runs;
    }

    private Map<String, Instant> deployed(Fields fields, Instant now) {
        Map<String, Instant> deployed = new HashMap<>();
        fields.child("deployed").ifPresent(node -> {
            Fields services = new Fields(node, "deployed", problems);
            for (String service : fields.map("deployed").keySet()) {
                services.duration(service).ifPresent(ago -> deployed.put(service, now.minus(ago)));
            }
        });
        return deployed;
    }
}
