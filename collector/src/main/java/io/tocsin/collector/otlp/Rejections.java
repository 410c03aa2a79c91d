package io.tocsin.collector.otlp;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What of an accepted request was not taken. One refusal of a whole request would lose the good data beside the bad, because a
 * sender must not repeat it.
 */
public final class Rejections {

    /** Why a datum is not taken: each makes it useless to every reader of the topics. */
    public enum Reason {
        /** The data model identifies a metric by its name. */
        METRIC_WITHOUT_NAME("without a metric name"),
        /** A point in no time cannot be placed. */
        POINT_WITHOUT_TIME("without time_unix_nano"),
        /** A span outside a trace, or one that nothing can refer to. */
        SPAN_WITHOUT_ID("without a trace id of 16 bytes and a span id of 8 that are not all zero"),
        /** Text that no decoder of protobuf accepts. */
        INVALID_UTF8("with text that is not UTF-8"),
        /** Every attribute of a point is part of a series' identity. */
        LABEL_SET_TOO_LARGE("with more attributes, or larger ones, than a series may have"),
        /** It alone is above the size of a record. */
        TOO_LARGE("larger than a record may be");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private static final int MOST_EXAMPLE_CHARS = 120;

    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private @Nullable String example;

    /** Notes {@code count} data that are not taken; {@code about} says which, for the first of all. */
    void add(Reason reason, int count, String about) {
        if (count == 0) {
            return;
        }
        counts.merge(reason, count, Integer::sum);
        if (example == null && !about.isEmpty()) {
            example = about.length() > MOST_EXAMPLE_CHARS ? about.substring(0, MOST_EXAMPLE_CHARS) + "…" : about;
        }
    }

    /** How many data, by reason. */
    public Map<Reason, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** How many data in all. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Everything in one sentence that is shorter than a kilobyte whatever was sent. */
    public String message() {
        StringJoiner parts = new StringJoiner("; ", "not taken: ", example == null ? "" : " (first: " + example + ")");
        counts.forEach((reason, count) -> parts.add(count + " " + reason.words));
        return parts.toString();
    }
}
