package io.tocsin.promql.histogram;

/** What the producer of a histogram sample knew about a counter reset between it and its predecessor. */
public enum CounterResetHint {
    UNKNOWN("unknown", 0),
    RESET("reset", 1),
    NOT_RESET("not_reset", 2),
    GAUGE("gauge", 3);

    private final String word;
    private final int code;

    CounterResetHint(String word, int code) {
        this.word = word;
        this.code = code;
    }

    /** The word used for this hint in the PromQL test language. */
    public String word() {
        return word;
    }

    /** The number that stands for this hint in encoded histograms; never changes. */
    int code() {
        return code;
    }

    /** The hint of a sum or difference of histograms with the hints {@code this} and {@code other}. */
    CounterResetHint combine(CounterResetHint other) {
        if (this == other) {
            return this;
        }
        return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
    }

    /** True if one hint says "reset" and the other says "no reset": a sum of the two is not a counter. */
    boolean collidesWith(CounterResetHint other) {
        return (this == RESET && other == NOT_RESET) || (this == NOT_RESET && other == RESET);
    }
}
