package io.tocsin.rulesengine.otlp;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one resource's data points.
 *
 * @param samples samples given to the sink
 * @param dropped data points (or whole metrics without a name) that gave none, by reason
 * @param example what the first drop was about, in words; null when nothing was dropped
 */
public record Translated(
        int samples,
        Map<DropReason, Integer> dropped,
        @Nullable String example) {

    public Translated {
        Map<DropReason, Integer> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }
}
