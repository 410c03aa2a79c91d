package io.tocsin.console.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Meters METERS = Meters.of("""
            # HELP a_total what
            # TYPE a_total counter
            a_total{shard="m/0",reason="a \\"b\\""} 3.0
            a_total{shard="m/0",reason="c"} 4 1700000000000
            a_total{shard="m/1",reason="c"} 1e3
            d_sum{shard="m/0"} 6
            d_count{shard="m/0"} 4
            d_count{shard="m/1"} 0
            d_sum{shard="m/1"} 0
            plain 7
            nonsense line
            """);

    @Test
    void valuesAreSummedByALabel() {
        assertThat(METERS.by("a_total", "shard")).containsExactly(entry("m/0", 7.0), entry("m/1", 1000.0));
        assertThat(METERS.by("a_total", "reason")).containsExactly(entry("a \\\"b\\\"", 3.0), entry("c", 1004.0));
        assertThat(METERS.sum("plain")).isEqualTo(7);
        assertThat(METERS.sum("absent")).isZero();
    }

    @Test
    void aMeanNeedsACount() {
        assertThat(METERS.means("d", "shard")).containsExactly(entry("m/0", 1.5));
    }
}
