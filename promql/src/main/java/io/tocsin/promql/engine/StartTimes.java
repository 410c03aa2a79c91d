package io.tocsin.promql.engine;

/** What the start times of two neighbouring samples say about a counter. Zero is "unknown". */
final class StartTimes {

    private StartTimes() {}

    /**
     * Whether the counter began anew between two samples. A start equal to the sample's own time is OpenTelemetry's
     * "unknown"; one equal to the time of the sample before is a delta, if that sample's own start was known.
     */
    static boolean reset(long previousStart, long previousTime, long start, long time) {
        if (start == 0 || start >= time || start < previousTime) {
            return false;
        }
        if (start > previousTime) {
            return true;
        }
        return previousStart != 0 && previousStart < previousTime;
    }

    /** Whether a sample claims a span that the sample before it covers in part: two writers, or a broken one. */
    static boolean overlap(long previousStart, long previousTime, long start) {
        return start != 0 && start < previousTime && start != previousStart;
    }
}
