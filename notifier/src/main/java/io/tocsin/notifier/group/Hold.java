package io.tocsin.notifier.group;

import java.util.List;

/**
 * Why an alert creates no notice of its own. Whoever was told that it burns is told that it is over all the same: at
 * once, or, where the route is muted for a time, when that time is over.
 */
public sealed interface Hold {

    /** Name of the reason, as shown and stored. */
    default String reason() {
        return switch (this) {
            case Silenced _ -> "SILENCED";
            case Inhibited _ -> "INHIBITED";
            case Muted _ -> "MUTED_BY_TIME_INTERVAL";
            case Inactive _ -> "OUTSIDE_ACTIVE_TIME_INTERVALS";
            case Explained _ -> "EXPLAINED_BY_ROOT";
            case NotRouted _ -> "NO_LONGER_ROUTED_HERE";
        };
    }

    /** What holds it: silences, intervals, or fingerprints of other alerts. */
    default List<String> by() {
        return switch (this) {
            case Silenced(var silences) -> silences;
            case Inhibited(var alerts) -> alerts;
            case Muted(var intervals) -> intervals;
            case Inactive(var intervals) -> intervals;
            case Explained(var root) -> List.of(root);
            case NotRouted _ -> List.of();
        };
    }

    /** A hold of a whole group, while the clock says so. */
    sealed interface Timed extends Hold {}

    /**
     * Somebody asked for silence.
     *
     * @param silences ids
     */
    record Silenced(List<String> silences) implements Hold {

        public Silenced {
            silences = List.copyOf(silences);
        }
    }

    /**
     * Other alerts burn that mute it by a rule.
     *
     * @param alerts their fingerprints
     */
    record Inhibited(List<String> alerts) implements Hold {

        public Inhibited {
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * The route is muted now.
     *
     * @param intervals those that hold
     */
    record Muted(List<String> intervals) implements Timed {

        public Muted {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * The route is not active now.
     *
     * @param intervals those of which none holds
     */
    record Inactive(List<String> intervals) implements Timed {

        public Inactive {
            intervals = List.copyOf(intervals);
        }
    }

    /**
     * The root of its incident is told to the same receiver.
     *
     * @param root fingerprint of the root
     */
    record Explained(String root) implements Hold {}

    /** The configuration does not bring it to this group any more. */
    record NotRouted() implements Hold {}
}
