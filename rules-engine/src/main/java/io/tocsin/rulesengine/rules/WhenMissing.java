package io.tocsin.rulesengine.rules;

/** What becomes of an active alert when its series is gone. */
public enum WhenMissing {
    /** The target still reports: the alert resolves as ended. The target is silent: the alert has no data. */
    AUTO,
    /** The alert stays as it was. */
    HOLD,
    /** The alert resolves, as in Prometheus. */
    RESOLVE
}
