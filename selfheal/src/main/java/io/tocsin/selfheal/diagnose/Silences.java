package io.tocsin.selfheal.diagnose;

import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import java.util.Map;

/**
 * What the notifier says of silences, over all its alerts.
 *
 * @param byFingerprint what holds for each alert that it knows
 * @param otherwise why nothing is known of the others
 */
public record Silences(Map<String, Silence> byFingerprint, String otherwise) {

    public Silences {
        byFingerprint = Map.copyOf(byFingerprint);
    }

    /** What is known of silences over one alert. */
    public Silence over(String fingerprint) {
        return byFingerprint.getOrDefault(fingerprint, new Silence.Unknown(otherwise));
    }
}
