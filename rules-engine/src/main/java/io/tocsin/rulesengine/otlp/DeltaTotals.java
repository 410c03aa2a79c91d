package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.model.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running totals of the series that are sent as deltas: state that must survive with the samples. */
public interface DeltaTotals {

    /** The total of a series; null when it was not seen before. */
    @Nullable
    DeltaTotal get(Labels series);

    /** Sets the total of a series. */
    void put(Labels series, DeltaTotal total);

    /** Totals on the heap. */
    static DeltaTotals inMemory() {
        Map<Labels, DeltaTotal> totals = new HashMap<>();
        return new DeltaTotals() {
            @Override
            public @Nullable DeltaTotal get(Labels series) {
                return totals.get(series);
            }

            @Override
            public void put(Labels series, DeltaTotal total) {
                totals.put(series, total);
            }
        };
    }
}
