package io.tocsin.rulesengine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final Labels LABELS = Labels.of("__name__", "x");

    @Test
    void joinsWhatTwoShardsKnowInOrderAndOnce() {
        SeriesSlice joined = Slices.join(slice(new long[] {1, 3, 5}, 1, 3, 5), slice(new long[] {2, 3, 6}, 2, 9, 6));

        assertThat(joined.timestamps()).containsExactly(1, 2, 3, 5, 6);
        assertThat(joined.values()).containsExactly(1, 2, 3, 5, 6);
    }

    @Test
    void aSeriesThatWentOnElsewhereDidNotEnd() {
        SeriesSlice joined =
                Slices.join(slice(new long[] {1, 4}, 1, StaleNaN.VALUE), slice(new long[] {4, 5}, 4, StaleNaN.VALUE));

        assertThat(joined.timestamps()).containsExactly(1, 4, 5);
        assertThat(joined.values()[1]).isEqualTo(4);
        assertThat(StaleNaN.is(joined.values()[2])).isTrue();
    }

    private static SeriesSlice slice(long[] times, double... values) {
        return SeriesSlice.of(LABELS, times, values);
    }
}
