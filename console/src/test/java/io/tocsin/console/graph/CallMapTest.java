package io.tocsin.console.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallMapTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    @Test
    void ratesAreOverTheWholeTimeAlsoWhereAWindowIsMissing() {
        CallFold fold = new CallFold(Duration.ofMinutes(15));
        fold.apply(calls("shop", "ledger", 10, 100, 10));
        fold.apply(calls("shop", "ledger", 20, 100, 0));
        fold.apply(calls("shop", "rare", 20, 4, 0));
        CallMap map = CallMap.of(fold.calls(), "production", START.plusSeconds(25), Duration.ofMinutes(5));
        assertThat(map.edges()).extracting(CallMap.Edge::callee).containsExactly("ledger", "rare");
        assertThat(map.edges().getFirst().rate()).isEqualTo(10, within(1e-9));
        assertThat(map.edges().getFirst().errors()).isEqualTo(0.05, within(1e-9));
        assertThat(map.edges().getFirst().latency()).isEqualTo(0.02, within(1e-9));
        assertThat(map.edges().getLast().rate()).isEqualTo(0.2, within(1e-9));
        assertThat(map.around(Set.of("rare")).edges()).hasSize(1);
    }

    @Test
    void aWindowThatComesAgainCountsOnceAndOldOnesAreForgotten() {
        CallFold fold = new CallFold(Duration.ofSeconds(60));
        fold.apply(calls("shop", "ledger", 10, 100, 0));
        fold.apply(calls("shop", "ledger", 10, 100, 0));
        assertThat(fold.calls()).hasSize(1);
        fold.apply(calls("other", "ledger", 80, 1, 0));
        assertThat(fold.calls()).extracting(one -> one.between().caller()).containsExactly("other");
    }

    @Test
    void anotherEnvironmentIsAnotherMap() {
        List<Calls> calls = List.of(calls("shop", "ledger", 10, 100, 0));
        assertThat(CallMap.of(calls, "staging", START.plusSeconds(12), WINDOW).edges())
                .isEmpty();
        assertThat(CallMap.environments(calls)).containsExactly("production");
    }

    private static Calls calls(String caller, String callee, int second, long calls, long errors) {
        return new Calls(
                new Calls.Between("production", caller, callee),
                START.plusSeconds(second),
                WINDOW,
                calls,
                errors,
                0,
                calls * 0.02,
                false);
    }
}
