package io.tocsin.rulesengine.detect.spike;

/** Which repeating patterns a series may have. What it is found not to follow is not used, whatever is said here. */
public enum Seasons {
    /** Any of hour, day and week. */
    AUTO,
    NONE,
    HOUR,
    DAY,
    WEEK;

    boolean mayBe(Seasons season) {
        return this == AUTO || this == season;
    }
}
