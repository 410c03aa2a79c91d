package io.tocsin.notifier.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.route.MatcherParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final Instant NOW = Story.START;

    @Test
    void coversOnlyWhatAllMatchersMatch() {
        Silence silence = silence("service=ledger,severity=~\"page|ticket\"", NOW, NOW.plusSeconds(60));

        assertThat(silence.covers(Map.of("service", "ledger", "severity", "page"), NOW))
                .isTrue();
        assertThat(silence.covers(Map.of("service", "ledger"), NOW)).isFalse();
        assertThat(silence.covers(Map.of("severity", "page"), NOW)).isFalse();
    }

    @Test
    void coversFromItsStartUntilItsEnd() {
        Silence silence = silence("a=b", NOW, NOW.plusSeconds(60));
        Map<String, String> labels = Map.of("a", "b");

        assertThat(silence.covers(labels, NOW.minusMillis(1))).isFalse();
        assertThat(silence.covers(labels, NOW)).isTrue();
        assertThat(silence.covers(labels, NOW.plusSeconds(60).minusMillis(1))).isTrue();
        assertThat(silence.covers(labels, NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void namesAllThatCover() {
        List<Silence> silences =
                List.of(silence("a=b", NOW, NOW.plusSeconds(1)), silence("a=c", NOW, NOW.plusSeconds(1)));

        assertThat(Silence.covering(silences, Map.of("a", "b"), NOW)).containsExactly("a=b");
    }

    @Test
    void refusesToSilenceEverything() {
        assertThatThrownBy(() -> silence("a=~\".*\"", NOW, NOW.plus(Duration.ofHours(1))))
                .hasMessageContaining("must not match the empty value");
        assertThatThrownBy(() -> silence("", NOW, NOW)).hasMessageContaining("at least one matcher");
        assertThatThrownBy(() -> silence("a=b", NOW, NOW.minusMillis(1))).hasMessageContaining("end before");
    }

    private static Silence silence(String matchers, Instant from, Instant until) {
        return new Silence(matchers, MatcherParser.parse(matchers), from, until, "me", "maintenance", from);
    }
}
