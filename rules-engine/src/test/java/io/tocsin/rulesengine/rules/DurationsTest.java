package io.tocsin.rulesengine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0s,0",
        "5m,300000",
        "1h30m,5400000",
        "1y,31536000000",
        "2w,1209600000",
        "1d,86400000",
        "15ms,15",
        "2m59s999ms,179999",
        "106751d,9223286400000"
    })
    void readsPrometheusDurations(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "m5", "1m1h", "-5m", "1.5h", "300y", "99999999999999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 9_000_000_000_000L) long millis) {
        assertThat(Durations.parse(Durations.format(Duration.ofMillis(millis)))).contains(Duration.ofMillis(millis));
    }
}
