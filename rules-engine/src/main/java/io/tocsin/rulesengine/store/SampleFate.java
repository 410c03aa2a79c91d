package io.tocsin.rulesengine.store;

/** What became of one sample. */
public enum SampleFate {
    /** Newer than everything its series had. */
    ACCEPTED,
    /** Older than the newest of its series, within the bound: put in its place. */
    MERGED,
    /** Its series already has a sample of this time. */
    DUPLICATE,
    /** Older than the retention, or out of order beyond the bound. */
    TOO_OLD,
    /** Its time lies further after its arrival than the bound. */
    FROM_THE_FUTURE,
    /** It would have begun a series beyond the limit. */
    SERIES_LIMIT;

    /** Whether the sample is in the store. */
    public boolean kept() {
        return switch (this) {
            case ACCEPTED, MERGED -> true;
            case DUPLICATE, TOO_OLD, FROM_THE_FUTURE, SERIES_LIMIT -> false;
        };
    }
}
