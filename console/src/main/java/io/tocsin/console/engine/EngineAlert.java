package io.tocsin.console.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert, as the engine's API shows it.
 *
 * @param labels its identity
 * @param annotations words for people
 * @param state one of Prometheus' three
 * @param tocsinState which kind of it
 * @param activeAt when its condition first held
 * @param value of the expression, a number as text
 */
public record EngineAlert(
        Map<String, String> labels,
        Map<String, String> annotations,
        String state,
        String tocsinState,
        @Nullable Instant activeAt,
        String value) {

    public EngineAlert(
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations,
            @Nullable String state,
            @Nullable String tocsinState,
            @Nullable Instant activeAt,
            @Nullable String value) {
        this.labels = labels == null ? Map.of() : Map.copyOf(labels);
        this.annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        this.state = state == null ? "" : state;
        this.tocsinState = tocsinState == null ? this.state : tocsinState;
        this.activeAt = activeAt;
        this.value = value == null ? "" : value;
    }
}
