package io.tocsin.rulesengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.TickDone;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesEngineTopologyTest {

    private static final String THRESHOLD = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Hot
                    expr: temperature > 100
                    labels: {severity: page}
                    annotations: {summary: "{{ $labels.service_name }} is at {{ $value }}"}
            """;

    private static final String OUTAGE = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Silent
                    expr: sum by (service_name) (temperature)
                    outage: {missing_for: 5s}
            """;

    @TempDir
    Path directory;

    private EngineRun run;

    @BeforeEach
    void open() {
        run = new EngineRun(directory);
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aThresholdFiresAndRecovers() {
        run.rules(THRESHOLD).seconds(3);
        run.gauge("shop", "temperature", 50).seconds(2);
        run.gauge("shop", "temperature", 150).seconds(2);
        run.gauge("shop", "temperature", 150).seconds(2);
        assertThat(run.transitions()).containsExactly("Hot INACTIVE->FIRING THRESHOLD_CROSSED");
        run.gauge("shop", "temperature", 60).seconds(2);
        assertThat(run.transitions())
                .containsExactly(
                        "Hot INACTIVE->FIRING THRESHOLD_CROSSED", "Hot FIRING->INACTIVE RECOVERED_ON_FRESH_DATA");
        var fired = run.alerts.stream()
                .filter(AlertEvent::hasTransition)
                .findFirst()
                .orElseThrow()
                .getTransition();
        assertThat(fired.getAnnotationsMap()).containsEntry("summary", "shop is at 150");
        assertThat(fired.getLabelsMap()).containsEntry("severity", "page").containsEntry("service_name", "shop");
        assertThat(fired.getEnvironment()).isEqualTo("default");
        assertThat(fired.getAtMs()).isEqualTo(EngineRun.START + 6_000);
        assertThat(fired.getGeneratorUrl()).startsWith("http://engine/graph?g0.expr=temperature");
    }

    @Test
    void everyTickIsSaidToBeDoneOnce() {
        run.rules(THRESHOLD).seconds(5);
        List<Long> ticks = run.alerts.stream()
                .filter(AlertEvent::hasTickDone)
                .map(AlertEvent::getTickDone)
                .map(TickDone::getTickMs)
                .toList();
        assertThat(ticks)
                .containsExactly(
                        EngineRun.START + 2_000,
                        EngineRun.START + 3_000,
                        EngineRun.START + 4_000,
                        EngineRun.START + 5_000);
    }
}
