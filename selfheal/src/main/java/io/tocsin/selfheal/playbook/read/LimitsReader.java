package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Tightening;
import java.time.Duration;
import java.util.Optional;

/** Reads a playbook's {@code limits}: a value laxer than the operator's is a problem. */
final class LimitsReader {

    private final Fields fields;
    private final Problems problems;
    private final Limits global;

    LimitsReader(Fields fields, Problems problems, Limits global) {
        this.fields = fields;
        this.problems = problems;
        this.global = global;
    }

    Tightening read() {
        Tightening limits = new Tightening(
                atMost("restarts_per_hour", fields.integer("restarts_per_hour"), global.restartsPerHour()),
                atLeast("backoff", fields.duration("backoff"), global.backoff().getFirst()),
                atMost("failures_before_break", fields.integer("failures_before_break"), global.failuresBeforeBreak()),
                atLeast("healthy_fraction", fields.fraction("healthy_fraction"), global.healthyFraction()),
                atLeast("deploy_grace", fields.duration("deploy_grace"), global.deployGrace()),
                atMost("newest_sample", fields.duration("newest_sample"), global.newestSample()),
                atMost("oldest_alert", fields.duration("oldest_alert"), global.oldestAlert()),
                atMost("approval_wait", fields.duration("approval_wait"), global.approvalWait()),
                atLeast("approvers", fields.integer("approvers"), global.approvers()));
        fields.close();
        return limits.failuresBeforeBreak().filter(n -> n < 1).isPresent() ? zeroBreaker() : limits;
    }

    private Tightening zeroBreaker() {
        problems.at(fields.where("failures_before_break"), "failures_before_break: expected at least 1");
        return Tightening.NONE;
    }

    private <T extends Comparable<T>> Optional<T> atMost(String key, Optional<T> value, T most) {
        value.filter(given -> given.compareTo(most) > 0).ifPresent(given -> tooLax(key, given, "at most", most));
        return value;
    }

    private <T extends Comparable<T>> Optional<T> atLeast(String key, Optional<T> value, T least) {
        value.filter(given -> given.compareTo(least) < 0).ifPresent(given -> tooLax(key, given, "at least", least));
        return value;
    }

    private void tooLax(String key, Object given, String bound, Object limit) {
        problems.at(
                fields.where(key),
                key + ": a playbook can only tighten limits: expected " + bound + " " + words(limit) + ", found "
                        + words(given));
    }

    private static String words(Object value) {
        return switch (value) {
            case Duration duration -> duration.toSeconds() + "s";
            case Double fraction -> Math.round(fraction * 100) + "%";
            default -> value.toString();
        };
    }
}
