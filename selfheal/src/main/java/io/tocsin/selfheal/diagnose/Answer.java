package io.tocsin.selfheal.diagnose;

/**
 * What a check found.
 *
 * @param holds whether it holds
 * @param found what was seen, in words
 */
public record Answer(Holds holds, String found) {

    /** Whether a check holds. Only what was seen is a yes or a no. */
    public enum Holds {
        YES,
        NO,
        /** The question could not be put, or its answer proves nothing. */
        UNKNOWN
    }

    static Answer of(boolean yes, String found) {
        return new Answer(yes ? Holds.YES : Holds.NO, found);
    }

    static Answer unknown(String why) {
        return new Answer(Holds.UNKNOWN, why);
    }

    /** Whether it holds for certain. */
    public boolean yes() {
        return holds == Holds.YES;
    }
}
