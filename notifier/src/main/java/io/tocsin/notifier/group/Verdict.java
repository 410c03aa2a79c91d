package io.tocsin.notifier.group;

import java.util.List;

/**
 * A decision about one receiver of one group.
 *
 * @param reason why it is told, or why not
 * @param alerts what the notice lists; empty when nobody is told
 * @param next what the receiver believes afterwards
 */
public record Verdict(Reason reason, List<Alert> alerts, Told next) {

    public Verdict {
        alerts = List.copyOf(alerts);
        if (alerts.isEmpty() == reason.tells()) {
            throw new IllegalArgumentException(reason + " with " + alerts.size() + " alerts");
        }
    }

    /** Why a receiver is told, or why not. Names are shown to people and kept. */
    public enum Reason {
        FIRST_FIRING(true),
        NEW_FIRING(true),
        /** Data of an alert stopped, or its rule fails: told once. */
        DATA_STOPPED(true),
        HIGHER_SEVERITY(true),
        ROOT_CHANGED(true),
        ALL_RESOLVED(true),
        NEWLY_RESOLVED(true),
        REPEAT_INTERVAL_ELAPSED(true),
        /** The receiver knows all this. */
        NOTHING_NEW(false),
        /** The route is muted now, or not active; what there is to tell is told when that is over. */
        MUTED_BY_TIME(false),
        /** All that there is to tell is held: silenced, inhibited, explained by a root, or not routed here any more. */
        ALL_HELD(false),
        /** It fired and was over before anybody was told. */
        OVER_BEFORE_TOLD(false),
        /** The receiver does not want to hear of recoveries. */
        RESOLVED_NOT_WANTED(false),
        /** The configuration has no such receiver any more, so that nobody can be told. */
        RECEIVER_REMOVED(false);

        private final boolean tells;

        Reason(boolean tells) {
            this.tells = tells;
        }

        /** Whether a notice is sent. */
        public boolean tells() {
            return tells;
        }
    }
}
