package io.tocsin.standalone.scenario;

import io.tocsin.contracts.AlertIdentity;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.TransitionReason;
import io.tocsin.notifier.group.Alert;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.rehearse.Rehearsal.Decision;
import io.tocsin.notifier.route.Routing;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.rules.RuleSet;
import io.tocsin.rulesengine.rules.unittest.RuleTimeline;
import io.tocsin.rulesengine.rules.unittest.RuleTimeline.Change;
import io.tocsin.selfheal.intake.IncidentMapping;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.trial.Rehearsal;
import io.tocsin.selfheal.trial.World.Decided;
import io.tocsin.standalone.rehearse.AlertPipeline;
import io.tocsin.standalone.scenario.ScenarioFile.Happening;
import io.tocsin.standalone.scenario.ScenarioFile.Incident;
import io.tocsin.standalone.scenario.ScenarioFile.Notice;
import io.tocsin.standalone.scenario.ScenarioFile.Repair;
import io.tocsin.standalone.scenario.ScenarioFile.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One scenario from its samples to what is told and repaired.
 *
 * @param rules what raises alerts
 * @param evaluationInterval of every rule group
 * @param routing the notifier's configuration
 * @param plan playbooks and inventory
 */
record ScenarioRun(RuleSet rules, Duration evaluationInterval, Routing routing, Plan plan) {

    /**
     * What happened.
     *
     * @param failures what could not be evaluated, with its place
     */
    record Outcome(List<Incident> incidents, List<Notice> notices, List<Repair> repairs, List<String> failures) {

        Outcome {
            incidents = List.copyOf(incidents);
            notices = List.copyOf(notices);
            repairs = List.copyOf(repairs);
            failures = List.copyOf(failures);
        }

        /** What is not as expected, with its place; empty when all is. */
        List<String> failures(Scenario scenario) {
            List<String> all = new ArrayList<>(failures);
            if (failures.isEmpty()) {
                compare(scenario, "incidents", scenario.incidents(), incidents, all);
                compare(scenario, "notices", scenario.notices(), notices, all);
                compare(scenario, "repairs", scenario.repairs(), repairs, all);
            }
            return all;
        }

        private static <T extends Happening> void compare(
                Scenario scenario, String what, Optional<List<T>> expected, List<T> happened, List<String> failures) {
            if (expected.isEmpty()) {
                return;
            }
            boolean same = expected.get().size() == happened.size();
            for (int i = 0; same && i < happened.size(); i++) {
                same = expected.get().get(i).expects(happened.get(i));
            }
            if (!same) {
                failures.add(scenario.position() + ": " + scenario.name() + ": " + what + "\n    exp: "
                        + listed(expected.get()) + "\n    got: " + listed(happened));
            }
        }

        private static String listed(List<?> items) {
            return items.isEmpty()
                    ? "nothing"
                    : String.join(
                            "\n         ", items.stream().map(Object::toString).toList());
        }
    }

    /** Runs it. */
    Outcome run(Scenario scenario) {
        RuleTimeline.Outcome timeline = RuleTimeline.of(
                rules,
                new RuleTimeline.Input(
                        scenario.series(), scenario.interval(), scenario.start().toEpochMilli(), scenario.position()),
                evaluationInterval,
                scenario.length());
        List<IncidentSnapshot> snapshots = new ArrayList<>();
        AlertPipeline pipeline = new AlertPipeline(
                routing, ConvergePolicy.DEFAULT.with(scenario.dependencies()), scenario.start(), snapshots::add);
        List<Decision> decisions = new ArrayList<>();
        byTime(timeline.changes()).forEach((at, changes) -> {
            decisions.addAll(pipeline.until(at));
            pipeline.tell(changes.stream().map(ScenarioRun::transition).toList());
        });
        decisions.addAll(pipeline.until(scenario.start().plus(scenario.length())));
        return new Outcome(
                incidents(snapshots), notices(decisions, scenario), repairs(snapshots, scenario), timeline.failures());
    }

    private static SortedMap<Instant, List<Change>> byTime(Collection<Change> changes) {
        SortedMap<Instant, List<Change>> byTime = new TreeMap<>();
        changes.forEach(change -> byTime.computeIfAbsent(Instant.ofEpochMilli(change.atMs()), _ -> new ArrayList<>())
                .add(change));
        return byTime;
    }

    private static AlertTransition transition(Change change) {
        String fingerprint = AlertIdentity.fingerprint(change.labels());
        AlertState to = change.firing() ? AlertState.FIRING : AlertState.INACTIVE;
        return AlertTransition.newBuilder()
                .setId(AlertIdentity.transition(change.rule(), fingerprint, change.atMs(), to.name()))
                .setFingerprint(fingerprint)
                .setEnvironment(change.labels().getOrDefault(Environments.LABEL, Environments.DEFAULT))
                .setRule(change.rule())
                .putAllLabels(change.labels())
                .putAllAnnotations(change.annotations())
                .setFrom(change.firing() ? AlertState.PENDING : AlertState.FIRING)
                .setTo(to)
                .setReason(
                        change.firing() ? TransitionReason.THRESHOLD_CROSSED : TransitionReason.RECOVERED_ON_FRESH_DATA)
                .setAtMs(change.atMs())
                .setFiredAtMs(change.firing() ? change.atMs() : 0)
                .setValue(Double.NaN)
                .setQuality(DataQuality.newBuilder()
                        .setCompleteness(Completeness.COMPLETE)
                        .setShardsReported(1)
                        .setShardsExpected(1)
                        .setNewestSampleAgeMs(0))
                .setSource("tocsin")
                .build();
    }

    private static List<Incident> incidents(List<IncidentSnapshot> snapshots) {
        Map<String, IncidentSnapshot> latest = new LinkedHashMap<>();
        snapshots.forEach(snapshot -> latest.put(snapshot.getId(), snapshot));
        return latest.values().stream()
                .map(snapshot -> new Incident(
                        Optional.of(snapshot.getStatus().name().toLowerCase(java.util.Locale.ROOT)),
                        Optional.of(snapshot.getRootCausesList().stream()
                                .map(cause -> cause.getElement())
                                .findFirst()
                                .orElse("")),
                        Optional.of(snapshot.getMembersList().stream()
                                .map(member -> member.getLabelsMap().getOrDefault("alertname", ""))
                                .sorted()
                                .toList())))
                .toList();
    }

    private static List<Notice> notices(List<Decision> decisions, Scenario scenario) {
        return decisions.stream()
                .filter(decision -> decision.verdict().reason().tells())
                .map(decision -> new Notice(
                        Optional.of(since(scenario, decision.at())),
                        decision.receiver(),
                        names(decision.verdict().alerts(), false),
                        names(decision.verdict().alerts(), true)))
                .toList();
    }

    private static List<String> names(Collection<Alert> alerts, boolean resolved) {
        return alerts.stream()
                .filter(alert -> resolved == (alert.condition() == Condition.RESOLVED))
                .map(alert -> alert.labels().getOrDefault("alertname", ""))
                .sorted()
                .toList();
    }

    private List<Repair> repairs(List<IncidentSnapshot> snapshots, Scenario scenario) {
        return Rehearsal.of(
                        snapshots.stream().map(IncidentMapping::incident).toList(),
                        plan.playbooks(),
                        plan.inventory(),
                        plan.limits())
                .stream()
                .map(line -> repair(line, scenario))
                .toList();
    }

    private static Repair repair(Rehearsal.Line line, Scenario scenario) {
        Optional<Duration> at = Optional.of(since(scenario, line.at()));
        if (line.decided().isEmpty()) {
            return new Repair(at, "none", Optional.empty(), Optional.empty(), Optional.of(line.what()));
        }
        Decided decided = line.decided().get();
        return switch (decided.decision()) {
            case io.tocsin.selfheal.guardrail.Decision.Run _ -> repair(at, "run", decided, Optional.empty());
            case io.tocsin.selfheal.guardrail.Decision.Wait wait ->
                repair(at, "wait", decided, Optional.of(wait.reason().name()));
            case io.tocsin.selfheal.guardrail.Decision.Refuse refuse ->
                repair(at, "refuse", decided, Optional.of(refuse.reason().name()));
        };
    }

    private static Repair repair(Optional<Duration> at, String decision, Decided decided, Optional<String> reason) {
        return new Repair(
                at,
                decision,
                Optional.of(decided.playbook().name()),
                Optional.of(decided.target().name()),
                reason);
    }

    /** Whole seconds after the start. */
    private static Duration since(Scenario scenario, Instant at) {
        return Duration.ofSeconds(Duration.between(scenario.start(), at).toSeconds());
    }
}
