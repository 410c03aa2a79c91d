package io.tocsin.benchmarks.converge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** {@code tocsin bench interleavings} is the long form. */
class InterleavingTest {

    @Property(tries = 3_000)
    void noInterleavingLosesAnything(@ForAll long seed) {
        assertThat(Interleaving.run(seed)).isNotNegative();
    }
}
