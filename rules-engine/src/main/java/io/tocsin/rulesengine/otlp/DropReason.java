package io.tocsin.rulesengine.otlp;

/** Why a data point gave no sample. Names are label values of a metric. */
public enum DropReason {
    /** The metric's or an attribute's name has no Prometheus form. */
    BAD_NAME,
    /** The metric carries no data of a known kind. */
    UNKNOWN_KIND,
    /** Neither a value nor "no recorded value". */
    NO_VALUE,
    /** The point says no time. */
    NO_TIME,
    /** Neither cumulative nor delta. */
    UNSPECIFIED_TEMPORALITY,
    /** Bucket counts and bounds do not fit each other. */
    MALFORMED_HISTOGRAM,
    /** An exponential histogram coarser than Prometheus' coarsest schema. */
    SCALE_TOO_COARSE,
    /** A delta that was already counted. */
    DELTA_REPEATED,
    /** A delta that was partly counted: what is new in it cannot be told. */
    DELTA_OVERLAPS
}
