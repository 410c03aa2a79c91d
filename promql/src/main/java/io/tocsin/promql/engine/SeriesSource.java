package io.tocsin.promql.engine;

import io.tocsin.promql.model.LabelMatcher;
import java.util.List;

/** Where an engine finds series. One query may ask several times; it asks once for each distinct selector and range. */
@FunctionalInterface
public interface SeriesSource {

    /**
     * The series that satisfy all matchers, with at least their samples from {@code fromMs} to {@code toMs}, both
     * included; wider is allowed, and so are series without samples. A missing label matches as the empty value.
     *
     * <p>The engine goes through the list in order, possibly more than once, and reads each slice completely before it
     * takes the next one, so a source may decode into buffers that it reuses. Two slices have different labels.
     */
    List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs);
}
