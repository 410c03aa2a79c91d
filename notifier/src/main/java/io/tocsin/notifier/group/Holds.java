package io.tocsin.notifier.group;

import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.interval.TimeIntervals;
import io.tocsin.notifier.route.Convergence;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what holds an alert back. Fails open: an incident that is not known holds nothing.
 *
 * @param root the routing tree
 * @param intervals when routes are muted or active
 * @param silences those that may be active
 * @param inhibitions which alerts mute others
 * @param incidents by id
 * @param now the time of the decision
 */
public record Holds(
        Route root,
        TimeIntervals intervals,
        Collection<Silence> silences,
        Inhibitions inhibitions,
        Map<String, Incident> incidents,
        Instant now) {

    private static final Set<Disposition> EXPLAINABLE =
            EnumSet.of(Disposition.SYMPTOM, Disposition.RELATED, Disposition.ABSORBED_BY_STORM_LIMIT);

    /**
     * How long a root that is over still explains its symptoms: rates are taken over minutes, so that symptoms outlive
     * their cause. What burns longer is a matter of its own and is told.
     */
    static final Duration AFTERMATH = Duration.ofMinutes(5);

    /** An alert with what holds it in the group of this key and receiver. */
    public Candidate candidate(Alert alert, String groupKey, String receiver) {
        Optional<Target> target = root.targets(alert.labels()).stream()
                .filter(candidate -> candidate.groupKey().equals(groupKey)
                        && candidate.receiver().equals(receiver))
                .findFirst();
        return new Candidate(alert, hold(alert, target));
    }

    private Optional<Hold> hold(Alert alert, Optional<Target> target) {
        if (target.isEmpty()) {
            return Optional.of(new Hold.NotRouted());
        }
        Optional<Hold> timed = timed(target.get());
        if (timed.isPresent()) {
            return timed;
        }
        List<String> muting = inhibitions.muting(alert);
        if (!muting.isEmpty()) {
            return Optional.of(new Hold.Inhibited(muting));
        }
        List<String> covering = Silence.covering(silences, alert.labels(), now);
        if (!covering.isEmpty()) {
            return Optional.of(new Hold.Silenced(covering));
        }
        return explained(alert, target.get()).map(Hold.Explained::new);
    }

    /** What the clock holds on a route; the active intervals come first, as none of the others matters outside them. */
    public Optional<Hold> timed(Target target) {
        List<String> active = target.options().activeTimeIntervals();
        if (!active.isEmpty() && intervals.holding(active, now).isEmpty()) {
            return Optional.of(new Hold.Inactive(active));
        }
        List<String> muting = intervals.holding(target.options().muteTimeIntervals(), now);
        return muting.isEmpty() ? Optional.empty() : Optional.of(new Hold.Muted(muting));
    }

    /** The root that explains the alert on this route, when whoever would get the alert is told of the root. */
    public Optional<String> explained(Alert alert, Target target) {
        Incident incident = incidents.get(alert.incident());
        if (incident == null
                || target.options().convergence() != Convergence.SUPPRESS
                || alert.condition() == Condition.RESOLVED
                || !EXPLAINABLE.contains(alert.member().disposition())) {
            return Optional.empty();
        }
        return incident.activeRoot()
                .or(() -> incident.recoveredRoot(now.minus(AFTERMATH)))
                .filter(cause -> !cause.fingerprint().equals(alert.fingerprint()))
                .filter(cause -> root.targets(cause.labels()).stream()
                        .anyMatch(other -> other.receiver().equals(target.receiver())))
                .map(cause -> cause.fingerprint());
    }
}
