package io.tocsin.rulesengine.alert;

/** What the absence of an alert's series means to its rule. */
public enum WhenMissing {
    /** The series ended while its target reports: recovered; the target is silent: no data. */
    AUTO,
    /** Stays as it is until fresh data comes or it is forgotten. */
    HOLD,
    /** Absent is clear, as Prometheus has it. */
    RESOLVE
}
