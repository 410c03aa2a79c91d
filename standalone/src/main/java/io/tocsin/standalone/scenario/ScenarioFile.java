package io.tocsin.standalone.scenario;

import io.tocsin.promql.testscript.SeriesDescription;
import io.tocsin.rulesengine.converge.ConvergePolicy.Dependency;
import io.tocsin.rulesengine.rules.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of scenarios. Paths are relative to it.
 *
 * @param rules rule files
 * @param alertmanager the notifier's configuration; empty where notices are not looked at
 * @param playbooks files and folders; empty where repairs are not looked at
 * @param targets the inventory's files and folders
 * @param evaluationInterval of every rule group
 */
record ScenarioFile(
        List<String> rules,
        Optional<String> alertmanager,
        List<String> playbooks,
        List<String> targets,
        Duration evaluationInterval,
        List<Scenario> scenarios) {

    ScenarioFile {
        rules = List.copyOf(rules);
        playbooks = List.copyOf(playbooks);
        targets = List.copyOf(targets);
        scenarios = List.copyOf(scenarios);
    }

    /**
     * One scenario: samples, and what is to come of them. What is not expected is not looked at.
     *
     * @param interval between the values of the series
     * @param start when the first value is
     * @param length how long to look
     * @param dependencies what depends on what, as traces or operators would say
     * @param incidents all, as they are at the end, in the order in which they began
     * @param notices all, in the order of time
     * @param repairs all decisions, each when it changes, in the order of time
     */
    record Scenario(
            String name,
            Position position,
            Duration interval,
            Instant start,
            Duration length,
            List<SeriesDescription> series,
            List<Dependency> dependencies,
            Optional<List<Incident>> incidents,
            Optional<List<Notice>> notices,
            Optional<List<Repair>> repairs) {

        Scenario {
            series = List.copyOf(series);
            dependencies = List.copyOf(dependencies);
        }
    }

    /** Something that is expected, or that happened: what is empty in an expectation is not looked at. */
    sealed interface Happening {

        /** Whether what happened is what this expects. */
        boolean expects(Happening happened);
    }

    /**
     * An incident.
     *
     * @param root the element at its likely cause
     * @param alerts names of its alerts, sorted
     */
    record Incident(Optional<String> status, Optional<String> root, Optional<List<String>> alerts)
            implements Happening {

        @Override
        public boolean expects(Happening happened) {
            return happened instanceof Incident other
                    && same(status, other.status)
                    && same(root, other.root)
                    && same(alerts, other.alerts);
        }

        @Override
        public String toString() {
            return fields(field("status", status), field("root", root), field("alerts", alerts));
        }
    }

    /**
     * A notice.
     *
     * @param at after the start
     * @param firing names of the alerts that it lists as burning, sorted
     * @param resolved names of those that are over, sorted
     */
    record Notice(Optional<Duration> at, String receiver, List<String> firing, List<String> resolved)
            implements Happening {

        @Override
        public boolean expects(Happening happened) {
            return happened instanceof Notice other
                    && same(at, other.at)
                    && receiver.equals(other.receiver)
                    && firing.equals(other.firing)
                    && resolved.equals(other.resolved);
        }

        @Override
        public String toString() {
            return fields(
                    field("at", at.map(ScenarioFile::text)),
                    "receiver: " + receiver,
                    "firing: " + firing,
                    "resolved: " + resolved);
        }
    }

    /**
     * A decision about a repair.
     *
     * @param at after the start
     * @param decision run, wait, refuse, or none where no playbook is for it
     * @param reason name of the guard's reason
     */
    record Repair(
            Optional<Duration> at,
            String decision,
            Optional<String> playbook,
            Optional<String> target,
            Optional<String> reason)
            implements Happening {

        @Override
        public boolean expects(Happening happened) {
            return happened instanceof Repair other
                    && same(at, other.at)
                    && decision.equals(other.decision)
                    && same(playbook, other.playbook)
                    && same(target, other.target)
                    && same(reason, other.reason);
        }

        @Override
        public String toString() {
            return fields(
                    field("at", at.map(ScenarioFile::text)),
                    "decision: " + decision,
                    field("playbook", playbook),
                    field("target", target),
                    field("reason", reason));
        }
    }

    private static <T> boolean same(Optional<T> expected, Optional<T> happened) {
        return expected.isEmpty() || expected.equals(happened);
    }

    private static String field(String name, Optional<?> value) {
        return value.map(known -> name + ": " + known).orElse("");
    }

    private static String fields(String... fields) {
        return Stream.of(fields).filter(field -> !field.isEmpty()).collect(Collectors.joining(", ", "{", "}"));
    }

    /** A time after the start as people write it: 1h2m3s. */
    private static String text(Duration time) {
        return time.isZero() ? "0s" : time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
