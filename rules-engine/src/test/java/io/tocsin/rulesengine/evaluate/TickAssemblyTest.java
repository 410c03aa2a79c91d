package io.tocsin.rulesengine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.evaluate.ShardReport.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TickAssemblyTest {

    private static final List<String> SHARDS = List.of("metrics/0", "metrics/1", "spans/0");

    private final TickAssembly assembly = new TickAssembly(SHARDS);
    private final List<AssembledTick> ready = new ArrayList<>();

    static ShardReport report(String shard, long tickMs, Evidence evidence) {
        return new ShardReport(shard, tickMs, "1", evidence, Map.of(), List.of(), List.of(), 0);
    }

    private void offer(String shard, long second) {
        ready.addAll(assembly.offer(report(shard, second * 1000, Evidence.COMPLETE)));
    }

    private List<Long> seconds() {
        return ready.stream().map(tick -> tick.tickMs() / 1000).toList();
    }

    @Test
    void aTickIsReadyWhenEveryShardHasReportedIt() {
        offer("metrics/0", 1);
        offer("metrics/1", 1);
        assertThat(ready).isEmpty();
        offer("spans/0", 1);
        assertThat(seconds()).containsExactly(1L);
        assertThat(ready.getFirst().complete()).isTrue();
        assertThat(ready.getFirst().expected()).isEqualTo(3);
    }

    @Test
    void theSlowestShardHoldsTicksBackAndThenTheyComeInOrder() {
        for (long second = 1; second <= 5; second++) {
            offer("metrics/0", second);
            offer("metrics/1", second);
        }
        assertThat(ready).isEmpty();
        offer("spans/0", 1);
        offer("spans/0", 2);
        assertThat(seconds()).containsExactly(1L, 2L);
        offer("spans/0", 5);
        assertThat(seconds()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ready.get(2).unknowing()).containsExactly("spans/0");
        assertThat(ready.get(2).complete()).isFalse();
        assertThat(ready.get(4).unknowing()).isEmpty();
    }

    @Test
    void b9_aShardThatStallsIsLeftOutAndNamed() {
        SHARDS.forEach(shard -> offer(shard, 1));
        for (long second = 2; second <= 62; second++) {
            offer("metrics/0", second);
            offer("metrics/1", second);
        }
        assertThat(seconds()).containsExactly(1L);
        ready.addAll(assembly.exclude(assembly.marks().behind()));
        assertThat(seconds()).last().isEqualTo(62L);
        assertThat(ready.get(1).excluded()).containsExactly("spans/0");
        assertThat(ready.get(1).complete()).isFalse();
        assertThat(ready.get(1).reports()).hasSize(2);
        assertThat(seconds()).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aReplayLeavesOutWhatWasLeftOut() {
        TickAssembly again = new TickAssembly(SHARDS, Map.of(2000L, Set.of("spans/0")));
        for (long tickMs = 1000; tickMs <= 3000; tickMs += 1000) {
            for (String shard : SHARDS) {
                ready.addAll(again.offer(report(shard, tickMs, Evidence.COMPLETE)));
            }
        }
        assertThat(seconds()).containsExactly(1L, 2L, 3L);
        assertThat(ready.get(1).excluded()).containsExactly("spans/0");
        assertThat(ready.get(1).reports()).containsOnlyKeys("metrics/0", "metrics/1");
        assertThat(ready.get(2).complete()).isTrue();
    }

    @Test
    void aShardThatCatchesUpIsWaitedForAgain() {
        SHARDS.forEach(shard -> offer(shard, 1));
        for (long second = 2; second <= 100; second++) {
            offer("metrics/0", second);
            offer("metrics/1", second);
        }
        ready.addAll(assembly.exclude(assembly.marks().behind()));
        for (long second = 2; second <= 100; second++) {
            offer("spans/0", second);
        }
        assertThat(seconds()).doesNotHaveDuplicates().last().isEqualTo(100L);
        offer("metrics/0", 101);
        offer("metrics/1", 101);
        assertThat(seconds()).last().isEqualTo(100L);
        offer("spans/0", 101);
        assertThat(ready.getLast().complete()).isTrue();
    }

    @Test
    void b21_oneShardWithoutProofMakesTheTickIncomplete() {
        offer("metrics/0", 1);
        offer("metrics/1", 1);
        ready.addAll(assembly.offer(report("spans/0", 1000, Evidence.INCOMPLETE)));
        assertThat(ready.getFirst().complete()).isFalse();
        assertThat(ready.getFirst().excluded()).isEmpty();
    }

    @Test
    void aReportOfATickThatIsOverIsNotKept() {
        SHARDS.forEach(shard -> offer(shard, 5));
        ShardReport late = report("spans/0", 4000, Evidence.COMPLETE);
        assertThat(assembly.tooLate(late)).isTrue();
        assertThat(assembly.offer(late)).isEmpty();
    }

    @Test
    void reportsThatWereLeftBehindOfATickThatIsOverDoNotMakeItAgain() {
        SHARDS.forEach(shard -> offer(shard, 5));
        TickAssembly restarted = new TickAssembly(SHARDS);
        restarted.restore(assembly.position(), List.of(report("spans/0", 5000, Evidence.COMPLETE)));
        List<AssembledTick> after = new ArrayList<>();
        SHARDS.forEach(shard -> after.addAll(restarted.offer(report(shard, 6000, Evidence.COMPLETE))));
        assertThat(after).extracting(AssembledTick::tickMs).containsExactly(6000L);
    }

    /** The shell's part: reports that wait are kept in a store until their tick is assembled. */
    @Property(tries = 300)
    void b13_aRestartInTheMiddleIsNoneAtAll(@ForAll long seed) {
        Random random = new Random(seed);
        TickAssembly straight = new TickAssembly(SHARDS);
        TickAssembly restarting = new TickAssembly(SHARDS);
        List<ShardReport> stored = new ArrayList<>();
        List<AssembledTick> one = new ArrayList<>();
        List<AssembledTick> other = new ArrayList<>();
        long[] at = new long[SHARDS.size()];
        for (int i = 0; i < 200; i++) {
            int shard = random.nextInt(50) == 0 ? 2 : random.nextInt(random.nextInt(4) == 0 ? 3 : 2);
            at[shard] += random.nextInt(20) == 0 ? 40 : 1;
            ShardReport report = report(
                    SHARDS.get(shard),
                    at[shard] * 1000,
                    random.nextBoolean() ? Evidence.COMPLETE : Evidence.INCOMPLETE);
            one.addAll(straight.offer(report));
            if (!restarting.tooLate(report)) {
                stored.add(report);
            }
            List<AssembledTick> done = restarting.offer(report);
            other.addAll(done);
            done.forEach(tick -> stored.removeIf(kept -> kept.tickMs() == tick.tickMs()));
            if (random.nextInt(5) == 0) {
                byte[] position = restarting.position();
                restarting = new TickAssembly(SHARDS);
                restarting.restore(position, stored);
            }
            if (random.nextInt(20) == 0) {
                Set<String> behind = straight.marks().behind();
                one.addAll(straight.exclude(behind));
                List<AssembledTick> without = restarting.exclude(behind);
                other.addAll(without);
                without.forEach(tick -> stored.removeIf(kept -> kept.tickMs() == tick.tickMs()));
            }
        }
        assertThat(other).isEqualTo(one);
        assertThat(one)
                .extracting(AssembledTick::tickMs)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(restarting.position()).isEqualTo(straight.position());
    }
}
