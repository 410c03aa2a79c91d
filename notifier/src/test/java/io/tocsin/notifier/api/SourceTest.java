package io.tocsin.notifier.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {

    @Test
    void isTheProductThatTheClientNames() {
        assertThat(Source.of("Prometheus/2.42.0+ds")).isEqualTo("prometheus");
        assertThat(Source.of("vmalert")).isEqualTo("vmalert");
        assertThat(Source.of("amtool/0.25.0")).isEqualTo("amtool");
    }

    @Test
    void isUnnamedWhereTheClientSaysNothingOfItself() {
        assertThat(Source.of(null)).isEqualTo("external");
        assertThat(Source.of("Go-http-client/1.1")).isEqualTo("external");
        assertThat(Source.of("<script>")).isEqualTo("external");
    }

    @Test
    void isNeverOurOwnRules() {
        assertThat(Source.of("Tocsin/1")).isEqualTo("external");
    }
}
