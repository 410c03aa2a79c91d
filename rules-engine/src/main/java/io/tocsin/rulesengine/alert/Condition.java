package io.tocsin.rulesengine.alert;

/** What kind of condition a rule has: it decides the reasons that are given when it starts and when it ends. */
public enum Condition {
    THRESHOLD(Reason.THRESHOLD_CROSSED, Reason.RECOVERED_ON_FRESH_DATA),
    SPIKE(Reason.SPIKE, Reason.RECOVERED_ON_FRESH_DATA),
    OUTAGE(Reason.SERIES_MISSING, Reason.SERIES_RETURNED),
    STALLED(Reason.PIPELINE_STALLED, Reason.PIPELINE_RESUMED),
    LIMIT(Reason.LIMIT_REACHED, Reason.RECOVERED_ON_FRESH_DATA);

    private final Reason started;
    private final Reason ended;

    Condition(Reason started, Reason ended) {
        this.started = started;
        this.ended = ended;
    }

    /** The table's reason in the words of this kind of condition. */
    Reason word(Reason reason) {
        if (reason == Reason.THRESHOLD_CROSSED) {
            return started;
        }
        return reason == Reason.RECOVERED_ON_FRESH_DATA ? ended : reason;
    }
}
