package io.tocsin.rulesengine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private Watermarks marks = Watermarks.expecting(List.of("a", "b"));

    private void reached(String source, long tick) {
        marks = marks.reached(source, tick * 1000);
    }

    @Test
    void allHaveReachedNothingWhileOneHasSaidNothing() {
        reached("a", 10);
        assertThat(marks.reachedByAll()).isEmpty();
        reached("b", 7);
        assertThat(marks.reachedByAll()).hasValue(7_000);
        assertThat(marks.newest()).isEqualTo(10_000);
    }

    @Test
    void anOlderReportTakesNothingBack() {
        reached("a", 10);
        reached("b", 10);
        reached("a", 4);
        assertThat(marks.reachedByAll()).hasValue(10_000);
    }

    @Test
    void theLeastHoldTheOthersUpAndNobodyIsBehindWhenAllAreThere() {
        assertThat(marks.behind()).isEmpty();
        reached("a", 10);
        assertThat(marks.behind()).containsExactly("b");
        reached("b", 7);
        assertThat(marks.behind()).containsExactly("b");
        reached("b", 10);
        assertThat(marks.behind()).isEmpty();
    }

    @Test
    void nobodyWaitsForASourceThatIsLeftOut() {
        reached("b", 1);
        reached("a", 61);
        marks = marks.without(marks.behind());
        assertThat(marks.excluded()).containsExactly("b");
        assertThat(marks.reachedByAll()).hasValue(61_000);
        assertThat(marks.behind()).isEmpty();
    }

    @Test
    void anExcludedSourceIsWaitedForAgainOnlyOnceItIsNear() {
        reached("b", 1);
        reached("a", 100);
        marks = marks.without(Set.of("b"));
        reached("b", 90);
        assertThat(marks.excluded()).containsExactly("b");
        assertThat(marks.reachedByAll()).hasValue(100_000);
        reached("b", 95);
        assertThat(marks.excluded()).isEmpty();
        assertThat(marks.reachedByAll()).hasValue(95_000);
    }

    @Test
    void onlyWhatHasNotMovedForThePatienceIsStalled() {
        StallWatch watch = new StallWatch(60_000);
        reached("a", 10);
        assertThat(watch.stalled(marks, 0)).isEmpty();
        assertThat(watch.stalled(marks, 59_999)).isEmpty();
        reached("a", 90);
        assertThat(watch.stalled(marks, 60_000)).containsExactly("b");
        reached("b", 1);
        assertThat(watch.stalled(marks, 60_001)).isEmpty();
        assertThat(watch.stalled(marks, 120_000)).isEmpty();
        assertThat(watch.stalled(marks, 120_001)).containsExactly("b");
    }

    @Test
    void whoHasCaughtUpBeginsAnew() {
        StallWatch watch = new StallWatch(60_000);
        reached("a", 10);
        watch.stalled(marks, 0);
        reached("b", 10);
        assertThat(watch.stalled(marks, 50_000)).isEmpty();
        reached("a", 11);
        assertThat(watch.stalled(marks, 70_000)).isEmpty();
        assertThat(watch.stalled(marks, 110_000)).containsExactly("b");
    }

    @Test
    void sourcesCanBeLearned() {
        marks = Watermarks.none();
        assertThat(marks.reachedByAll()).isEmpty();
        assertThat(marks.newest()).isEqualTo(Watermarks.NOTHING);
        reached("x", 3);
        assertThat(marks.reachedByAll()).hasValue(3_000);
    }

    @Property(tries = 500)
    void whatIsWrittenReadsBack(@ForAll @IntRange(max = 200) int a, @ForAll @IntRange(max = 200) int b) {
        reached("a", a);
        assertThat(Watermarks.decode(marks.encode())).isEqualTo(marks);
        reached("b", b);
        assertThat(Watermarks.decode(marks.encode())).isEqualTo(marks);
    }

    @Property(tries = 500)
    void everyKindOfValueReadsBack(
            @ForAll long number, @ForAll double real, @ForAll boolean flag, @ForAll String text, @ForAll byte[] bytes) {
        // Unpaired surrogates are no text: UTF-8 has none of them.
        String valid = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        Map<String, String> texts = Map.of(valid, "v");
        byte[] written = new StateWriter(7)
                .number(number)
                .real(real)
                .flag(flag)
                .text(valid)
                .bytes(bytes)
                .texts(texts)
                .name(Thread.State.BLOCKED)
                .each(List.of(1L, -1L), StateWriter::number)
                .toBytes();
        StateReader in = new StateReader(written, 7);
        assertThat(in.number()).isEqualTo(number);
        assertThat(Double.doubleToRawLongBits(in.real())).isEqualTo(Double.doubleToRawLongBits(real));
        assertThat(in.flag()).isEqualTo(flag);
        assertThat(in.text()).isEqualTo(valid);
        assertThat(in.bytes()).isEqualTo(bytes);
        assertThat(in.texts()).isEqualTo(new TreeMap<>(texts));
        assertThat(in.name(Thread.State.class)).isEqualTo(Thread.State.BLOCKED);
        assertThat(in.each(StateReader::number)).containsExactly(1L, -1L);
    }

    @Test
    void anotherVersionAndTornBytesAreRefused() {
        byte[] written = new StateWriter(1).text("abc").toBytes();
        assertThatThrownBy(() -> new StateReader(written, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("state of version 1, this engine reads 2");
        StateReader torn = new StateReader(java.util.Arrays.copyOf(written, 3), 1);
        assertThatThrownBy(torn::text).isInstanceOf(java.nio.BufferUnderflowException.class);
        StateReader endless = new StateReader(new byte[] {1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 1);
        assertThatThrownBy(endless::number).hasMessage("a number of more than ten bytes");
    }
}
