package io.tocsin.promql.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void orderOfWritingDoesNotMatter() {
        Labels a = Labels.of("b", "2", "a", "1");
        Labels b = Labels.of("a", "1", "b", "2");
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b).hasToString("{a=\"1\", b=\"2\"}");
    }

    @Test
    void anEmptyValueIsNoLabel() {
        assertThat(Labels.of("a", "", "b", "x")).isEqualTo(Labels.of("b", "x"));
        assertThat(Labels.of("a", "x").with("a", "")).isEqualTo(Labels.EMPTY);
        assertThat(Labels.EMPTY.get("a")).isEmpty();
    }

    @Test
    void namesThatNeedQuotesHaveThem() {
        assertThat(Labels.of("my.name", "a\"b")).hasToString("{\"my.name\"=\"a\\\"b\"}");
    }

    @Test
    void aNameNeedsAValue() {
        assertThatThrownBy(() -> Labels.of("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAndDropsByName() {
        Labels labels = Labels.of("__name__", "m", "a", "1", "b", "2");
        assertThat(labels.keep(List.of("a", "c"))).isEqualTo(Labels.of("a", "1"));
        assertThat(labels.drop(List.of("a"))).isEqualTo(Labels.of("__name__", "m", "b", "2"));
        assertThat(labels.withoutName()).isEqualTo(Labels.of("a", "1", "b", "2"));
        assertThat(labels.metricName()).isEqualTo("m");
    }

    @Property
    void textsCompareAsTheirUtf8Bytes(@ForAll String a, @ForAll String b) {
        String x = wellFormed(a);
        String y = wellFormed(b);
        int bytes = Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(Utf8.compare(x, y))).isEqualTo(Integer.signum(bytes));
    }

    @Property
    void anyBytesSurviveAsText(@ForAll @Size(max = 64) byte[] bytes) {
        String text = Utf8.decode(bytes, 0, bytes.length);
        assertThat(Utf8.encode(text)).isEqualTo(bytes);
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
