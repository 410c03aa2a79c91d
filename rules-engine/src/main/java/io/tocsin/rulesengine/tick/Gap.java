package io.tocsin.rulesengine.tick;

/**
 * A span of arrival time in which the log received nothing, not even a heartbeat: what happened meanwhile is not known.
 *
 * @param startMs the last arrival before it, Unix milliseconds
 * @param endMs the first arrival after it, 0 when there was no gap
 */
public record Gap(long startMs, long endMs) {

    /** There was none. */
    public static final Gap NONE = new Gap(0, 0);

    public Gap {
        if (endMs < startMs) {
            throw new IllegalArgumentException("a gap ends after it starts");
        }
    }
}
