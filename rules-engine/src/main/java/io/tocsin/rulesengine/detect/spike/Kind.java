package io.tocsin.rulesengine.detect.spike;

/** What the values of a series are. */
public enum Kind {
    /** They stand for themselves. */
    GAUGE,
    /** They only grow, and start again from 0 after a restart: watched is their increase per second. */
    COUNTER,
    /** They lie between 0 and 1, and so does what is expected of them. */
    RATIO
}
