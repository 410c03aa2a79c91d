package io.tocsin.rulesengine.recording;

/**
 * From when to when, Unix milliseconds; both sides belong to it.
 *
 * @param fromMs {@link Long#MIN_VALUE} for all there is before
 * @param toMs {@link Long#MAX_VALUE} for all there is after
 */
public record Span(long fromMs, long toMs) {

    /** Everything. */
    public static final Span WHOLE = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    public Span {
        if (toMs < fromMs) {
            throw new IllegalArgumentException("a span ends after it begins");
        }
    }

    boolean isOpenBefore() {
        return fromMs == Long.MIN_VALUE;
    }

    boolean isOpenAfter() {
        return toMs == Long.MAX_VALUE;
    }
}
