package io.tocsin.console.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.console.engine.QueryAnswer;
import io.tocsin.console.engine.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void seriesShareTheirTimesAndHaveHolesWhereTheyHaveNone() {
        Graph graph = Graph.of(
                new QueryAnswer(
                        List.of(
                                series("b", Map.of(1.0, 10.0, 3.0, Double.POSITIVE_INFINITY)),
                                series("a", Map.of(2.0, 5.0, 3.0, 6.0)),
                                series("c", Map.of(9.0, 1.0))),
                        List.of()),
                2);
        assertThat(graph.times()).containsExactly(1.0, 2.0, 3.0);
        assertThat(graph.names()).containsExactly("{job=\"a\"}", "{job=\"b\"}");
        assertThat(graph.columns().get(0)).containsExactly(null, 5.0, 6.0);
        assertThat(graph.columns().get(1)).containsExactly(10.0, null, null);
        assertThat(graph.left()).isEqualTo(1);
    }

    @Test
    void aSpanHasAsManyPointsAsCanBeSeenOnWholeSteps() {
        Span span = Span.ending(Instant.ofEpochSecond(1_000_007), Duration.ofHours(1));
        assertThat(span)
                .isEqualTo(new Span(
                        Instant.ofEpochSecond(1_000_005 - 3_600),
                        Instant.ofEpochSecond(1_000_005),
                        Duration.ofSeconds(15)));
        assertThat(Span.showing(Duration.ofMinutes(16))).isEqualTo("1h");
        assertThat(Span.showing(Duration.ofDays(9))).isEqualTo("1d");
    }

    private static Series series(String job, Map<Double, Double> points) {
        return new Series(new TreeMap<>(Map.of("job", job)), new TreeMap<>(points));
    }
}
