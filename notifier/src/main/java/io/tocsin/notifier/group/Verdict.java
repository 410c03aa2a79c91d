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
        FIRST_FIRING(true, "it is the first alarm of its group"),
        NEW_FIRING(true, "an alert burns that the receiver did not know of"),
        DATA_STOPPED(true, "data of an alert stopped, or its rule fails: told once"),
        HIGHER_SEVERITY(true, "the incident is worse than the receiver knew"),
        ROOT_CHANGED(true, "the incident has another likely cause than the receiver knew"),
        ALL_RESOLVED(true, "all that the receiver knew of is over"),
        NEWLY_RESOLVED(true, "an alert is over, and the receiver wants to hear of recoveries"),
        REPEAT_INTERVAL_ELAPSED(true, "it still burns, and repeat_interval is over"),
        NOTHING_NEW(false, "the receiver knows all this"),
        MUTED_BY_TIME(false, "the route is muted now, or not active: told when that is over"),
        ALL_HELD(false, "all that there is to tell is held back"),
        OVER_BEFORE_TOLD(false, "it was over before anybody was told"),
        RESOLVED_NOT_WANTED(false, "the receiver does not want to hear of recoveries"),
        RECEIVER_REMOVED(false, "the configuration has no such receiver any more");

        private final boolean tells;
        private final String words;

        Reason(boolean tells, String words) {
            this.tells = tells;
            this.words = words;
        }

        /** Whether a notice is sent. */
        public boolean tells() {
            return tells;
        }

        /** The reason as people read it. */
        public String words() {
            return words;
        }
    }
}
