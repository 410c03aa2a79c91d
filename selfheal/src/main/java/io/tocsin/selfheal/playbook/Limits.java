package io.tocsin.selfheal.playbook;

import java.time.Duration;
import java.util.List;

/**
 * How much may be done. The operator's are global; a playbook can only tighten them.
 *
 * @param restartsPerHour restarts of one target in any hour, before it is quarantined
 * @param backoff least time after the first, second … restart of a target; the last one stays
 * @param failuresBeforeBreak failed repairs of one cause and service, in 24 h, that open the circuit
 * @param hourlyFraction share of the inventory that may be acted on in any hour
 * @param hourlyFloor targets that may be acted on in any hour however small the inventory is
 * @param healthyFraction share of a service's replicas that must serve without the target
 * @param deployGrace time after a deployment of a service in which it is not restarted
 * @param newestSample oldest that the newest sample behind the alert may be
 * @param oldestAlert oldest that an alert may be when its first repair begins
 * @param approvalWait how long an approval is waited for, and how long it holds once it is given
 * @param approvers how many people have to agree before a repair that needs approval
 */
public record Limits(
        int restartsPerHour,
        List<Duration> backoff,
        int failuresBeforeBreak,
        double hourlyFraction,
        int hourlyFloor,
        double healthyFraction,
        Duration deployGrace,
        Duration newestSample,
        Duration oldestAlert,
        Duration approvalWait,
        int approvers) {

    /** What holds where nobody says otherwise. */
    public static final Limits DEFAULT = new Limits(
            3,
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)),
            2,
            0.10,
            1,
            0.51,
            Duration.ofMinutes(15),
            Duration.ofSeconds(90),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            1);

    public Limits {
        backoff = List.copyOf(backoff);
        if (restartsPerHour < 0 || failuresBeforeBreak < 1 || approvers < 1 || hourlyFloor < 0 || backoff.isEmpty()) {
            throw new IllegalArgumentException("limits are not negative, and there is a backoff");
        }
        if (outside(hourlyFraction) || outside(healthyFraction)) {
            throw new IllegalArgumentException("a fraction is between 0 and 1");
        }
    }

    private static boolean outside(double fraction) {
        return !(fraction >= 0 && fraction <= 1);
    }

    /** How many targets of an inventory of this size may be acted on in any hour. */
    public int targetsPerHour(int inventory) {
        return Math.max(hourlyFloor, (int) Math.floor(inventory * hourlyFraction));
    }

    /** The least time between a target's n-th restart in an hour (from 1) and the next. */
    public Duration backoffAfter(int restarts) {
        return backoff.get(Math.min(restarts, backoff.size()) - 1);
    }

    /** For each limit the stricter one of both. */
    public Limits tightenedBy(Tightening by) {
        return new Limits(
                Math.min(restartsPerHour, by.restartsPerHour().orElse(restartsPerHour)),
                backoff.stream()
                        .map(wait -> longer(wait, by.backoff().orElse(wait)))
                        .toList(),
                Math.min(failuresBeforeBreak, by.failuresBeforeBreak().orElse(failuresBeforeBreak)),
                hourlyFraction,
                hourlyFloor,
                Math.max(healthyFraction, by.healthyFraction().orElse(healthyFraction)),
                longer(deployGrace, by.deployGrace().orElse(deployGrace)),
                shorter(newestSample, by.newestSample().orElse(newestSample)),
                shorter(oldestAlert, by.oldestAlert().orElse(oldestAlert)),
                shorter(approvalWait, by.approvalWait().orElse(approvalWait)),
                Math.max(approvers, by.approvers().orElse(approvers)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
