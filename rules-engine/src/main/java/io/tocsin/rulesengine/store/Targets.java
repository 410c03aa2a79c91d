package io.tocsin.rulesengine.store;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.rulesengine.tick.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who reports to one shard, and who has fallen silent. A target is silent when it has not reported for 2.5 times its
 * cadence; while the log itself had a gap that nobody could report in, it is blind instead: nothing is known of it.
 */
public final class Targets {

    private static final long BLIND_EXTRA_MS = 60_000;
    private static final Comparator<Target> BY_IDENTITY = Comparator.comparing(
                    (Target target) -> target.identity().job())
            .thenComparing(target -> target.identity().instance());

    private final Map<TargetIdentity, Target> targets = new HashMap<>();
    private final StoreLimits limits;
    private final long forgetMs;
    private final boolean regular;

    /**
     * @param forgetMs after this silence a target is forgotten
     * @param regular whether targets report at a cadence; those that send when there is something to send (spans) do not,
     *     and are silent only after the lookback
     */
    public Targets(StoreLimits limits, long forgetMs, boolean regular) {
        this.limits = limits;
        this.forgetMs = forgetMs;
        this.regular = regular;
    }

    /**
     * The state of all targets at a tick.
     *
     * @param live how many report
     * @param silent those that do not, by identity
     * @param blind those of which nothing is known since the gap, by identity
     */
    public record Census(int live, List<Target> silent, List<Target> blind) {}

    /** A record of a target arrived. Returns the bytes to log for it. */
    public byte[] seen(TargetIdentity identity, String environment, long arrivalMs) {
        Target known = targets.get(identity);
        Target next =
                known == null ? Target.first(identity, environment, arrivalMs) : known.seen(environment, arrivalMs);
        targets.put(identity, next);
        return next.encode();
    }

    /** Gives back a target that was logged. */
    public void restore(byte[] bytes) {
        Target target = Target.decode(bytes);
        targets.put(target.identity(), target);
    }

    /** Forgets those that have been silent too long; returns them. */
    public List<TargetIdentity> forget(long nowMs) {
        List<TargetIdentity> gone = targets.values().stream()
                .filter(target -> target.lastArrivalMs() + forgetMs < nowMs)
                .sorted(BY_IDENTITY)
                .map(Target::identity)
                .toList();
        gone.forEach(targets::remove);
        return gone;
    }

    /** Who lives, who is silent, who is blind at a tick, given the newest gap of the log. */
    public Census census(long tickMs, Gap gap) {
        List<Target> silent = new ArrayList<>();
        List<Target> blind = new ArrayList<>();
        for (Target target : targets.values()) {
            if (tickMs - target.lastArrivalMs() <= patience(target)) {
                continue;
            }
            (isBlind(target, tickMs, gap) ? blind : silent).add(target);
        }
        int live = targets.size() - silent.size() - blind.size();
        silent.sort(BY_IDENTITY);
        blind.sort(BY_IDENTITY);
        return new Census(live, List.copyOf(silent), List.copyOf(blind));
    }

    private boolean isBlind(Target target, long tickMs, Gap gap) {
        return target.lastArrivalMs() <= gap.startMs()
                && gap.startMs() - target.lastArrivalMs() <= patience(target)
                && tickMs < gap.endMs() + 2 * cadence(target) + BLIND_EXTRA_MS;
    }

    private long patience(Target target) {
        return regular ? Cadence.patience(target.cadenceMs(), limits) : limits.lookbackMs();
    }

    private long cadence(Target target) {
        return regular ? target.cadenceMs() : 0;
    }

    /** The environments of all targets, sorted. */
    public List<String> environments() {
        return targets.values().stream()
                .map(Target::environment)
                .distinct()
                .sorted()
                .toList();
    }

    /** How many targets are known. */
    public int size() {
        return targets.size();
    }
}
