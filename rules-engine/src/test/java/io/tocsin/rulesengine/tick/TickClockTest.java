package io.tocsin.rulesengine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TickClockTest {

    private final TickClock clock = new TickClock(1000, 250, tick -> false);
    private ClockState state = ClockState.INITIAL;
    private final List<Tick> ticks = new ArrayList<>();

    private void record(long atMs) {
        take(clock.next(state, atMs, Optional.empty()));
    }

    private void heartbeat(long atMs) {
        take(clock.next(state, atMs, Optional.of(DoorEvidence.COMPLETE)));
    }

    private void take(Step<ClockState, Tick> step) {
        state = step.state();
        ticks.addAll(step.events());
    }

    private List<Long> times() {
        return ticks.stream().map(Tick::atMs).toList();
    }

    @Test
    void aTickFiresBeforeTheFirstRecordAfterIt() {
        record(10_500);
        record(11_000);
        assertThat(times()).isEmpty();
        record(11_001);
        assertThat(times()).containsExactly(11_000L);
        record(13_000);
        assertThat(times()).containsExactly(11_000L, 12_000L);
    }

    @Test
    void timeDoesNotGoBack() {
        record(10_500);
        record(12_500);
        record(9_000);
        record(12_600);
        assertThat(times()).containsExactly(11_000L, 12_000L);
        assertThat(state.arrivalMs()).isEqualTo(12_600);
    }

    @Test
    void ticksInAGapDoNotFireAndTheGapIsTold() {
        record(10_500);
        record(11_500);
        record(20_700);
        assertThat(times()).containsExactly(11_000L);
        assertThat(state.gap()).isEqualTo(new Gap(11_500, 20_700));
        record(21_100);
        assertThat(times()).containsExactly(11_000L, 21_000L);
        assertThat(ticks.getLast().gap()).isEqualTo(new Gap(11_500, 20_700));
    }

    @Test
    void aTickThatWasDueBeforeTheGapFires() {
        record(10_500);
        record(11_000);
        record(30_000);
        assertThat(times()).containsExactly(11_000L);
        assertThat(ticks.getFirst().gap()).isEqualTo(Gap.NONE);
    }

    @Test
    void gapsThatFollowEachOtherSoonAreOne() {
        record(1_000);
        record(10_000);
        record(60_000);
        assertThat(state.gap()).isEqualTo(new Gap(1_000, 60_000));
        for (long at = 60_500; at < 60_000 + 7 * 60_000; at += 500) {
            record(at);
        }
        record(600_000);
        assertThat(state.gap().startMs()).isGreaterThan(400_000);
    }

    @Test
    void b9_evidenceOfTheDoorsIsNoneAfterFourTicks() {
        heartbeat(10_000);
        record(11_001);
        assertThat(ticks.getLast().doors().complete()).isTrue();
        record(14_000);
        record(14_001);
        assertThat(ticks.getLast().doors()).isEqualTo(DoorEvidence.incomplete("no heartbeat"));
    }

    @Test
    void evidenceOfTheHeartbeatThatEndsATickCountsForIt() {
        record(10_500);
        heartbeat(11_200);
        assertThat(ticks)
                .singleElement()
                .satisfies(tick -> assertThat(tick.doors().complete()).isTrue());
    }

    @Test
    void withoutAnyHeartbeatNothingIsComplete() {
        record(10_500);
        record(11_500);
        assertThat(ticks.getFirst().doors().complete()).isFalse();
    }

    @Test
    void aBaseTickIsPositive() {
        assertThatThrownBy(() -> new TickClock(1000, 300, tick -> false)).hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> new Gap(2, 1)).hasMessageContaining("ends after it starts");
    }

    @Property(tries = 500)
    void b13_aRestartChangesNothingAndEachTickFiresOnceInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -500, max = 3_000) Integer> steps) {
        ClockState straight = ClockState.INITIAL;
        ClockState restarting = ClockState.INITIAL;
        List<Long> fired = new ArrayList<>();
        long at = 1_000_000;
        for (int step : steps) {
            at += step;
            Optional<DoorEvidence> doors = step % 3 == 0 ? Optional.of(DoorEvidence.COMPLETE) : Optional.empty();
            Step<ClockState, Tick> one = clock.next(straight, at, doors);
            Step<ClockState, Tick> other = clock.next(ClockState.decode(restarting.encode()), at, doors);
            assertThat(other).isEqualTo(one);
            straight = one.state();
            restarting = other.state();
            one.events().forEach(tick -> fired.add(tick.atMs()));
        }
        assertThat(fired).isSorted().doesNotHaveDuplicates().allMatch(tick -> tick % 1000 == 0);
        // No gap, no tick missing: steps of at most 3 s are none.
        for (int i = 1; i < fired.size(); i++) {
            assertThat(fired.get(i) - fired.get(i - 1)).isEqualTo(1000);
        }
    }

    @Test
    void whereAGroupAsksForItTicksAreCloser() {
        TickClock fine = new TickClock(1000, 250, tick -> tick >= 11_000);
        ClockState state =
                fine.next(ClockState.INITIAL, 10_100, Optional.empty()).state();
        assertThat(fine.next(state, 11_600, Optional.empty()).events())
                .extracting(Tick::atMs)
                .containsExactly(11_000L, 11_250L, 11_500L);
    }
}
