package io.tocsin.rulesengine.detect.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    @Test
    void aSmallerBudgetTakesMore() {
        double high = Sensitivity.HIGH.budget().margin(100, MINUTE);
        double medium = Sensitivity.MEDIUM.budget().margin(100, MINUTE);
        double low = Sensitivity.LOW.budget().margin(100, MINUTE);
        assertThat(high).isLessThan(medium);
        assertThat(medium).isLessThan(low);
    }

    @Test
    void oneSeriesOfARuleThatMayAlarmDailyIsWatchedMostClosely() {
        assertThat(Sensitivity.HIGH.budget().margin(1, 5 * MINUTE)).isEqualTo(Budget.LEAST_MARGIN);
    }

    @Property
    void moreSeriesAndShorterIntervalsTakeMore(
            @ForAll @IntRange(min = 1, max = 100_000) int series, @ForAll @IntRange(min = 1, max = 3600) int seconds) {
        Budget budget = new Budget(1, 7 * DAY);
        double margin = budget.margin(series, seconds * 1000L);
        assertThat(budget.margin(2 * series, seconds * 1000L)).isGreaterThanOrEqualTo(margin);
        assertThat(budget.margin(series, seconds * 2000L)).isLessThanOrEqualTo(margin);
        assertThat(margin).isBetween(Budget.LEAST_MARGIN, 10.0);
    }

    @Test
    void whatIsNoBudgetIsRefused() {
        assertThatThrownBy(() -> new Budget(0, DAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Budget(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Budget(1, DAY).margin(0, MINUTE)).isInstanceOf(IllegalArgumentException.class);
    }
}
