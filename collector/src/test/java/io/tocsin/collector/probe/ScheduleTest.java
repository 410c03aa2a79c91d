package io.tocsin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property
    void theNextRunIsAfterNowAndWithinAnIntervalAndItsJitter(
            @ForAll String key,
            @ForAll @IntRange(min = 1, max = 3_600_000) int millis,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long at) {
        Instant now = Instant.ofEpochMilli(at);
        Duration every = Duration.ofMillis(millis);
        Instant next = Schedule.next(key, every, now);
        assertThat(next).isAfter(now);
        assertThat(Duration.between(now, next)).isLessThanOrEqualTo(every.plus(every.dividedBy(20)));
    }

    @Property
    void runsKeepTheirDistance(@ForAll String key) {
        Instant first = Schedule.next(key, EVERY, START);
        Instant second = Schedule.next(key, EVERY, first);
        assertThat(Duration.between(first, second)).isBetween(Duration.ofMillis(28_500), Duration.ofMillis(31_500));
    }

    @Test
    void whoeverAsksInBetweenIsToldTheSameTime() {
        Instant due = Schedule.next("shop", EVERY, START);
        assertThat(Schedule.next("shop", EVERY, due.minusMillis(1))).isEqualTo(due);
    }

    @Test
    void runsMove() {
        TreeSet<Long> phases = new TreeSet<>();
        Instant at = START;
        for (int i = 0; i < 20; i++) {
            at = Schedule.next("shop", EVERY, at);
            phases.add(at.toEpochMilli() % EVERY.toMillis());
        }
        assertThat(phases).hasSizeGreaterThan(10);
    }

    @Test
    void targetsAreSpreadOverTheInterval() {
        List<Long> tenths = IntStream.range(0, 1_000)
                .mapToObj(i -> Duration.between(START, Schedule.next("target-" + i, EVERY, START))
                                .toMillis()
                        / 3_000)
                .toList();
        for (long tenth = 0; tenth < 10; tenth++) {
            long which = tenth;
            assertThat(tenths.stream().filter(found -> found == which).count())
                    .as("runs within tenth %d", tenth)
                    .isBetween(60L, 150L);
        }
    }
}
