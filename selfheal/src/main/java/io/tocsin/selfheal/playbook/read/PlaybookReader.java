package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.CommandAction;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Match;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Schedule;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.Tightening;
import io.tocsin.selfheal.playbook.Verify;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one {@code playbooks/*.yaml} file. */
public final class PlaybookReader {

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration VERIFY_INTERVAL = Duration.ofSeconds(5);
    private static final Duration VERIFY_WITHIN = Duration.ofMinutes(2);
    private static final int VERSION_LENGTH = 16;

    private final PlaybookContext context;
    private final Problems problems;
    private final String version;
    private final Set<String> names = new HashSet<>();

    private PlaybookReader(String file, String text, PlaybookContext context) {
        this.context = context;
        this.problems = new Problems(file);
        this.version = version(text);
    }

    /**
     * Reads a file. A playbook that has a problem is left out, the others of the file are given.
     *
     * @param file its name, for messages
     * @param text its content
     * @param context what a playbook may refer to
     */
    public static Reading<List<Playbook>> read(String file, String text, PlaybookContext context) {
        PlaybookReader reader = new PlaybookReader(file, text, context);
        List<Playbook> playbooks = Documents.compose(file, text, reader.problems)
                .map(reader::playbooks)
                .orElse(List.of());
        return new Reading<>(playbooks, reader.problems.sorted());
    }

    private static String version(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private List<Playbook> playbooks(Node root) {
        Fields fields = new Fields(root, "playbooks", problems);
        List<Playbook> playbooks = new ArrayList<>();
        for (Node node : fields.children("playbooks")) {
            playbook(node).ifPresent(playbooks::add);
        }
        fields.close();
        return playbooks;
    }

    private Optional<Playbook> playbook(Node node) {
        int before = problems.count();
        Fields fields = new Fields(node, "a playbook", problems);
        String name = fields.required("name");
        fields.text("description");
        Mode mode = fields.oneOf("mode", Mode.values()).orElse(Mode.OBSERVE);
        Optional<Match> match = mapping(fields, "match").flatMap(this::match);
        boolean external = fields.flag("allow_external", false);
        List<Check> diagnose = checks(fields, "diagnose");
        List<Step> steps = steps(fields, "steps");
        List<Step> rollback = steps(fields, "rollback");
        Optional<Verify> verify = mapping(fields, "verify").flatMap(this::verify);
        Optional<Duration> after = fields.duration("after");
        String escalate = fields.text("escalate").orElse("");
        Optional<Schedule> schedule = optional(fields, "schedule").flatMap(this::schedule);
        Tightening limits = optional(fields, "limits").map(this::limits).orElse(Tightening.NONE);
        fields.close();
        if (!name.isEmpty() && !names.add(name)) {
            problems.at(fields.where("name"), "playbook \"" + name + "\" is there already");
        }
        if (steps.isEmpty() && problems.count() == before) {
            problems.at(fields.where("steps"), "\"steps\" needs at least one step");
        }
        if (mode != Mode.OBSERVE && diagnose.stream().noneMatch(Check::independent)) {
            problems.at(
                    fields.where("diagnose"),
                    "mode " + mode.name().toLowerCase(Locale.ROOT)
                            + " needs a check that is independent of the telemetry: http or command");
        }
        if (problems.count() > before || match.isEmpty() || verify.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Playbook(
                name,
                version,
                mode,
                match.get(),
                external,
                diagnose,
                steps,
                rollback,
                verify.get(),
                after.orElse(isolates(steps) ? Playbook.BEFORE_ISOLATION : Duration.ZERO),
                escalate,
                schedule,
                limits));
    }

    private static boolean isolates(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.effect() == Effect.ISOLATE);
    }

    private Optional<Fields> mapping(Fields fields, String key) {
        if (!fields.has(key)) {
            fields.required(key);
        }
        return optional(fields, key);
    }

    private Optional<Fields> optional(Fields fields, String key) {
        return fields.child(key).map(node -> new Fields(node, key, problems));
    }

    private Optional<Match> match(Fields fields) {
        Set<String> alertnames = Set.copyOf(new HashSet<>(fields.texts("alertname")));
        Set<String> elements = Set.copyOf(new HashSet<>(fields.texts("element")));
        Set<String> severities = Set.copyOf(new HashSet<>(fields.texts("severity")));
        var labels = fields.map("labels");
        fields.close();
        return valid(fields.node(), () -> new Match(alertnames, elements, severities, labels));
    }

    private List<Check> checks(Fields fields, String key) {
        List<Check> checks = new ArrayList<>();
        for (Node node : fields.children(key)) {
            check(node).ifPresent(checks::add);
        }
        return checks;
    }

    private Optional<Check> check(Node node) {
        Fields fields = new Fields(node, "a check", problems);
        Duration timeout = fields.duration("timeout").orElse(CHECK_TIMEOUT);
        Optional<Template> url = texts(fields).optional("http");
        Optional<Template> expression = texts(fields).optional("promql");
        List<Template> command = texts(fields).list("command");
        if (Stream.of(url.isPresent(), expression.isPresent(), !command.isEmpty())
                        .filter(given -> given)
                        .count()
                != 1) {
            problems.at(node, "a check is one of http, promql, command");
            return Optional.empty();
        }
        Optional<Check> check = url.isPresent()
                ? http(fields, url.get(), timeout)
                : expression.isPresent()
                        ? condition(fields, expression.get(), timeout)
                        : valid(node, () -> new Check.Command(command, timeout));
        fields.close();
        return check;
    }

    private Optional<Check> http(Fields fields, Template url, Duration timeout) {
        Check.Expect expect = fields.oneOf("expect", Check.Expect.values()).orElse(Check.Expect.UP);
        if (!url.text().matches("https?://.+")) {
            problems.at(fields.where("http"), "http: expected an address that begins with http:// or https://");
        }
        return valid(fields.node(), () -> new Check.Http(url, expect, timeout));
    }

    private enum Outcome {
        HOLDS,
        CLEAR
    }

    private Optional<Check> condition(Fields fields, Template expression, Duration timeout) {
        boolean holds = fields.oneOf("expect", Outcome.values()).orElse(Outcome.HOLDS) == Outcome.HOLDS;
        String sample = expression.text().replaceAll("\\{\\{[^{}]*}}", "x");
        context.expressionProblem()
                .apply(sample)
                .ifPresent(problem -> problems.at(fields.where("promql"), "promql: " + problem));
        return valid(fields.node(), () -> new Check.Condition(expression, holds, timeout));
    }

    private List<Step> steps(Fields fields, String key) {
        List<Step> steps = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Node node : fields.children(key)) {
            step(node).ifPresent(step -> {
                if (!seen.add(step.name())) {
                    problems.at(node, "step \"" + step.name() + "\" is there already");
                }
                steps.add(step);
            });
        }
        return steps;
    }

    private Optional<Step> step(Node node) {
        Fields fields = new Fields(node, "a step", problems);
        String name = fields.required("name");
        Optional<Effect> stated = fields.oneOf("effect", Effect.values());
        Optional<Action> action = new ActionReader(problems).read(texts(fields));
        Duration timeout = fields.duration("timeout").orElse(STEP_TIMEOUT);
        int attempts = fields.integer("attempts").orElse(1);
        boolean idempotent =
                fields.flag("idempotent", action.filter(Action::observable).isPresent());
        OnFailure onFailure = fields.oneOf("on_failure", OnFailure.values()).orElse(OnFailure.ESCALATE);
        Optional<Check> done = fields.child("done").flatMap(this::check);
        fields.close();
        if (name.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        Effect effect = effect(fields, stated, action.get());
        return valid(node, () -> new Step(name, effect, action.get(), timeout, attempts, idempotent, onFailure, done));
    }

    /** Guards rest on the effect: where the action itself has it, the file cannot say another. */
    private Effect effect(Fields fields, Optional<Effect> stated, Action action) {
        Optional<Effect> own = action.effect();
        if (own.isPresent() && !stated.orElse(own.get()).equals(own.get())) {
            problems.at(
                    fields.where("effect"),
                    "effect: what this step does is \"" + own.get().name().toLowerCase(Locale.ROOT) + "\"");
        }
        if (own.isEmpty() && stated.isEmpty() && !(action instanceof CommandAction)) {
            fields.required("effect");
        }
        return own.or(() -> stated).orElse(Effect.RESTART);
    }

    private Optional<Verify> verify(Fields fields) {
        List<Check> checks = checks(fields, "checks");
        boolean recovered = fields.text("root_alert")
                .map(text -> {
                    if (!text.equals("recovered")) {
                        problems.at(
                                fields.where("root_alert"),
                                "root_alert: expected \"recovered\", found \"" + text + "\"");
                    }
                    return true;
                })
                .orElse(false);
        int evaluations = fields.integer("evaluations").orElse(Verify.LEAST_EVALUATIONS);
        Duration interval = fields.duration("interval").orElse(VERIFY_INTERVAL);
        Duration within = fields.duration("within").orElse(VERIFY_WITHIN);
        fields.close();
        return valid(fields.node(), () -> new Verify(checks, recovered, evaluations, interval, within));
    }

    private Optional<Schedule> schedule(Fields fields) {
        int before = problems.count();
        Set<DayOfWeek> days = days(fields);
        LocalTime from = time(fields, "from", LocalTime.MIDNIGHT);
        LocalTime to = time(fields, "to", LocalTime.MIDNIGHT);
        ZoneId zone = zone(fields);
        fields.close();
        return problems.count() > before
                ? Optional.empty()
                : valid(fields.node(), () -> new Schedule(days, from, to, zone));
    }

    private Set<DayOfWeek> days(Fields fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<String> short3 = Stream.of(DayOfWeek.values())
                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                .toList();
        for (String text : fields.texts("days")) {
            int index = short3.indexOf(text);
            if (index < 0) {
                problems.at(fields.where("days"), Problems.unknown("day", text, short3));
            } else {
                days.add(DayOfWeek.of(index + 1));
            }
        }
        return fields.has("days") ? days : EnumSet.allOf(DayOfWeek.class);
    }

    private LocalTime time(Fields fields, String key, LocalTime otherwise) {
        try {
            return fields.text(key).map(LocalTime::parse).orElse(otherwise);
        } catch (DateTimeException e) {
            problems.at(fields.where(key), key + ": expected a time such as \"08:30\"");
            return otherwise;
        }
    }

    private ZoneId zone(Fields fields) {
        try {
            return fields.text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            problems.at(
                    fields.where("zone"),
                    Problems.unknown("zone", fields.text("zone").orElse(""), ZoneId.getAvailableZoneIds()));
            return ZoneOffset.UTC;
        }
    }

    private Tightening limits(Fields fields) {
        return new LimitsReader(fields, problems, context.limits()).read();
    }

    private Texts texts(Fields fields) {
        return new Texts(fields, problems, context);
    }

    private <T> Optional<T> valid(Node node, Supplier<? extends T> value) {
        return problems.valid(node, value);
    }
}
