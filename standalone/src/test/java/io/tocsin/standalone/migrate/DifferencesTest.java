package io.tocsin.standalone.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.standalone.migrate.Differences.Difference;
import io.tocsin.standalone.migrate.Differences.Side;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static final Grouped DOWN = Grouped.of("team", Map.of("a", "b"), Map.of("alertname", "Down"));
    private static final Grouped SLOW = Grouped.of("team", Map.of("a", "b"), Map.of("alertname", "Slow"));

    private final Differences differences = new Differences(2);

    @Test
    void whatIsOnItsWayIsNoDifference() {
        assertThat(differences.look(Set.of(DOWN), Set.of())).isEmpty();
        assertThat(differences.look(Set.of(DOWN), Set.of(DOWN))).isEmpty();
        assertThat(differences.look(Set.of(DOWN), Set.of())).isEmpty();
        assertThat(differences.count()).isZero();
    }

    @Test
    void whatStaysIsToldOnceWithItsSide() {
        assertThat(differences.look(Set.of(DOWN), Set.of(SLOW))).isEmpty();
        assertThat(differences.look(Set.of(DOWN), Set.of(SLOW)))
                .containsExactly(new Difference(Side.ALERTMANAGER, DOWN), new Difference(Side.TOCSIN, SLOW));
        assertThat(differences.look(Set.of(DOWN), Set.of(SLOW))).isEmpty();
        assertThat(differences.count()).isEqualTo(2);
    }

    @Test
    void labelSetsAreTextInTheOrderOfTheirNames() {
        assertThat(Grouped.text(Map.of("b", "2", "a", "1"))).isEqualTo("{a=\"1\", b=\"2\"}");
    }
}
