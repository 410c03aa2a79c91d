package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.Limits;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Expression;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.template.AlertTemplate;
import io.tocsin.rulesengine.rules.template.QueryFunction;
import io.tocsin.rulesengine.rules.template.TemplateContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An alerting rule over the time of a test, as Prometheus evaluates it, with {@code recover} on top. */
final class AlertingRun extends RuleRun {
    private static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);
    private static final long NEVER = Long.MIN_VALUE;

    private final Rule.Alerting rule;
    private final Labels externalLabels;
    private final URI externalUrl;
    private final Map<String, AlertTemplate> labelTemplates;
    private final Map<String, AlertTemplate> annotationTemplates;
    private final Map<Labels, Active> active = new LinkedHashMap<>();

    private enum State {
        INACTIVE,
        PENDING,
        FIRING
    }

    /** An alert that is or was active. */
    private static final class Active {
        final long activeAt;
        State state = State.PENDING;
        Map<String, String> annotations;
        long keepFiringSince = NEVER;
        long resolvedAt = NEVER;

        Active(long activeAt, Map<String, String> annotations) {
            this.activeAt = activeAt;
            this.annotations = annotations;
        }
    }

    AlertingRun(RuleGroup group, Rule.Alerting rule, Labels externalLabels, URI externalUrl) {
        super(group);
        this.rule = rule;
        this.externalLabels = externalLabels;
        this.externalUrl = externalUrl;
        this.labelTemplates = templates(rule.labels());
        this.annotationTemplates = templates(rule.annotations());
    }

    private Map<String, AlertTemplate> templates(Map<String, String> texts) {
        Map<String, AlertTemplate> templates = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            try {
                templates.put(name, AlertTemplate.parse(rule.name(), text));
            } catch (TemplateException.Parse e) {
                throw new IllegalArgumentException("rule " + rule.name() + " was not checked: " + e.getMessage(), e);
            }
        });
        return templates;
    }

    @Override
    Rule.Alerting rule() {
        return rule;
    }

    /** The alerts that fire now. */
    List<TestGroup.FiringAlert> firing() {
        List<TestGroup.FiringAlert> firing = new ArrayList<>();
        active.forEach((labels, alert) -> {
            if (alert.state == State.FIRING && alert.resolvedAt == NEVER) {
                firing.add(new TestGroup.FiringAlert(labels, alert.annotations));
            }
        });
        return firing;
    }

    @Override
    List<Sample> results(Engine engine, TestSeries series, long atMs) throws EvaluationException {
        if (!(rule.condition() instanceof Condition.Threshold threshold)) {
            throw new EvaluationException("spike and outage learn from history and are not evaluated in unit tests");
        }
        Map<Labels, Map<String, String>> found = found(engine, series, atMs);
        found.forEach((labels, annotations) -> {
            Active alert = active.get(labels);
            if (alert != null && alert.state != State.INACTIVE) {
                alert.annotations = annotations;
            } else {
                active.put(labels, new Active(atMs, annotations));
            }
        });
        Set<Labels> recovered = recovered(threshold.recover(), engine, series, atMs);
        List<Sample> samples = new ArrayList<>();
        int count = 0;
        for (Labels labels : List.copyOf(active.keySet())) {
            if (step(labels, found.containsKey(labels), recovered, atMs)) {
                count++;
                samples(labels, active(labels), atMs, samples);
            }
        }
        if (limit() > 0 && count > limit()) {
            active.clear();
            throw new EvaluationException("exceeded limit of " + limit() + " with " + count + " alerts");
        }
        return samples;
    }

    private Active active(Labels labels) {
        Active alert = active.get(labels);
        if (alert == null) {
            throw new IllegalStateException("no alert " + labels);
        }
        return alert;
    }

    /** The elements of the expression as alerts: their labels and annotations. */
    private Map<Labels, Map<String, String>> found(Engine engine, TestSeries series, long atMs)
            throws EvaluationException {
        TemplateContext context =
                new TemplateContext(queries(engine, series), externalUrl, externalLabels, Limits.DEFAULT);
        Map<Labels, Map<String, String>> found = new LinkedHashMap<>();
        for (Sample sample : vector(engine, series, rule.expression().expr(), offset(atMs))) {
            Labels.Builder labels = sample.labels().withoutName().toBuilder();
            labelTemplates.forEach(
                    (name, template) -> labels.set(name, template.expandOrExplain(context, sample, atMs)));
            Labels built = labels.set("alertname", rule.name()).build();
            Map<String, String> annotations = new TreeMap<>();
            annotationTemplates.forEach(
                    (name, template) -> annotations.put(name, template.expandOrExplain(context, sample, atMs)));
            if (found.put(built, annotations) != null) {
                throw new EvaluationException(
                        "vector contains metrics with the same labelset after applying alert labels");
            }
        }
        return found;
    }

    private static QueryFunction queries(Engine engine, TestSeries series) {
        return (query, atMs) -> {
            try {
                return vector(engine, series, PromqlParser.parse(query, ParserOptions.ALL), atMs);
            } catch (PromqlParseException | EvaluationException e) {
                throw new FunctionException(String.valueOf(e.getMessage()), e);
            }
        };
    }

    /** The labels, without name, for which the recover expression holds; null where there is none. */
    private @Nullable Set<Labels> recovered(@Nullable Expression recover, Engine engine, TestSeries series, long atMs)
            throws EvaluationException {
        if (recover == null) {
            return null;
        }
        Set<Labels> recovered = new HashSet<>();
        for (Sample sample : vector(engine, series, recover.expr(), offset(atMs))) {
            recovered.add(sample.labels().withoutName());
        }
        return recovered;
    }

    /** Moves an alert on; returns whether it is active now. */
    private boolean step(Labels labels, boolean present, @Nullable Set<Labels> recovered, long atMs) {
        Active alert = active(labels);
        if (present) {
            alert.keepFiringSince = NEVER;
        } else if (!keepsFiring(labels, alert, recovered, atMs)) {
            boolean outlived = alert.resolvedAt != NEVER && atMs - alert.resolvedAt > RESOLVED_RETENTION.toMillis();
            if (alert.state == State.PENDING || outlived) {
                active.remove(labels);
            }
            if (alert.state != State.INACTIVE) {
                alert.state = State.INACTIVE;
                alert.resolvedAt = atMs;
            }
            return false;
        }
        if (alert.state == State.PENDING
                && atMs - alert.activeAt >= rule.holdFor().toMillis()) {
            alert.state = State.FIRING;
        }
        return true;
    }

    private boolean keepsFiring(Labels labels, Active alert, @Nullable Set<Labels> recovered, long atMs) {
        if (alert.state != State.FIRING) {
            return false;
        }
        if (recovered != null && recovered.stream().noneMatch(element -> isOf(labels, element))) {
            return true;
        }
        if (rule.keepFiringFor().isZero()) {
            return false;
        }
        if (alert.keepFiringSince == NEVER) {
            alert.keepFiringSince = atMs;
        }
        return atMs - alert.keepFiringSince < rule.keepFiringFor().toMillis();
    }

    /** Whether an element has the labels that the alert's own element had, those of the rule left out. */
    private boolean isOf(Labels alert, Labels element) {
        Set<String> added = new HashSet<>(rule.labels().keySet());
        added.add("alertname");
        return alert.drop(added).equals(element.drop(added));
    }

    private void samples(Labels labels, Active alert, long atMs, List<Sample> into) {
        Labels.Builder all = Labels.of(rule.labels()).toBuilder();
        labels.forEach(all::set);
        all.set("alertname", rule.name());
        String state = alert.state == State.FIRING ? "firing" : "pending";
        Labels forState = all.set(Labels.METRIC_NAME, "ALERTS_FOR_STATE").build();
        Labels alerts =
                all.set(Labels.METRIC_NAME, "ALERTS").set("alertstate", state).build();
        into.add(new Sample(alerts, offset(atMs), 1, null));
        into.add(new Sample(forState, offset(atMs), Math.floorDiv(alert.activeAt, 1000L), null));
    }
}
