package io.tocsin.selfheal.trial;

import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Reason;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.trial.Trial.Change;
import io.tocsin.selfheal.trial.Trial.Expected;
import io.tocsin.selfheal.trial.Trial.Verdict;
import io.tocsin.selfheal.trial.World.Decided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Carries trials out: each expectation against what the guards decide at its time. */
public record Examination(List<Playbook> playbooks, Inventory inventory, Limits limits) {

    public Examination {
        playbooks = List.copyOf(playbooks);
    }

    /**
     * What was not as expected.
     *
     * @param line of the expectation, from 1
     */
    public record Failure(int line, String what) {}

    /** All expectations that are not met. */
    public List<Failure> failures(Trial trial) {
        List<Failure> failures = new ArrayList<>();
        for (Expected expected : trial.expected()) {
            List<Decided> decided = at(trial, expected.at()).decide(playbooks, inventory, limits);
            missing(expected, decided).ifPresent(what -> failures.add(new Failure(expected.line(), what)));
        }
        return failures;
    }

    /** How things are at a time after the beginning. */
    private static World at(Trial trial, Duration time) {
        World world = trial.start();
        Instant start = world.now();
        for (Change change : trial.changes()) {
            world = change.at().compareTo(time) <= 0 ? change.world() : world;
        }
        return new World(
                start.plus(time),
                world.incident(),
                world.health(),
                world.frozenBy(),
                world.caughtUp(),
                world.pipelineProblem(),
                world.silence(),
                world.confirmed(),
                world.runs(),
                world.quarantined(),
                world.deployedAt(),
                world.approval());
    }

    private static Optional<String> missing(Expected expected, List<Decided> decided) {
        List<Decided> meant = decided.stream()
                .filter(each ->
                        expected.target().map(each.target().name()::equals).orElse(true)
                                && expected.playbook()
                                        .map(each.playbook().name()::equals)
                                        .orElse(true))
                .toList();
        if (expected.verdict() == Verdict.NONE) {
            return meant.isEmpty()
                    ? Optional.empty()
                    : Optional.of("at " + words(expected.at()) + " expected no decision, got " + all(meant));
        }
        boolean met = meant.stream().anyMatch(each -> as(expected, each));
        return met
                ? Optional.empty()
                : Optional.of("at " + words(expected.at()) + " expected " + text(expected) + ", got "
                        + (meant.isEmpty() ? "no decision: no playbook and target are for it" : all(meant)));
    }

    private static boolean as(Expected expected, Decided decided) {
        boolean reason = expected.reason()
                .map(wanted -> reason(decided.decision()).filter(wanted::equals).isPresent())
                .orElse(true);
        return verdict(decided.decision()) == expected.verdict()
                && reason
                && expected.steps().map(decided.steps()::equals).orElse(true);
    }

    private static Verdict verdict(Decision decision) {
        return switch (decision) {
            case Decision.Run run -> Verdict.RUN;
            case Decision.Wait wait -> Verdict.WAIT;
            case Decision.Refuse refuse -> Verdict.REFUSE;
        };
    }

    private static Optional<Reason> reason(Decision decision) {
        return switch (decision) {
            case Decision.Run run -> Optional.empty();
            case Decision.Wait wait -> Optional.of(wait.reason());
            case Decision.Refuse refuse -> Optional.of(refuse.reason());
        };
    }

    private static String text(Expected expected) {
        return expected.verdict()
                + expected.reason().map(reason -> " " + reason).orElse("")
                + expected.target().map(target -> " on " + target).orElse("")
                + expected.playbook().map(name -> " by " + name).orElse("")
                + expected.steps().map(steps -> " " + steps).orElse("");
    }

    private static String all(List<Decided> decided) {
        return decided.stream().map(Examination::text).collect(Collectors.joining("; "));
    }

    private static String text(Decided decided) {
        String verdict = switch (decided.decision()) {
            case Decision.Run run -> "RUN " + decided.steps();
            case Decision.Wait(Reason reason, String detail) -> "WAIT " + reason + " (" + detail + ")";
            case Decision.Refuse(Reason reason, String detail) -> "REFUSE " + reason + " (" + detail + ")";
        };
        return verdict + " on " + decided.target().name() + " by "
                + decided.playbook().name();
    }

    private static String words(Duration time) {
        return time.toSeconds() + " s";
    }
}
