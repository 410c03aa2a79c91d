package io.tocsin.console.alert;

import java.util.Locale;
import java.util.Map;

/** The named reasons of transitions as sentences. The names are the contract's. */
final class Reasons {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("THRESHOLD_CROSSED", "the condition holds"),
            Map.entry("FOR_ELAPSED", "the condition has held for as long as the rule asks"),
            Map.entry("CONDITION_CLEARED_WHILE_PENDING", "the condition cleared before it had held long enough"),
            Map.entry("RECOVERED_ON_FRESH_DATA", "fresh data say that the condition no longer holds"),
            Map.entry("RECOVERY_STARTED", "the condition cleared; it must stay clear for a while"),
            Map.entry("CROSSED_AGAIN", "the condition holds again"),
            Map.entry("SERIES_ENDED", "the series ended while its target still reports"),
            Map.entry("SERIES_MISSING", "an expected series is missing, and the data are complete"),
            Map.entry("TARGET_SILENT", "the target has fallen silent: nothing is known"),
            Map.entry("DATA_RETURNED", "data came back"),
            Map.entry("FORGOTTEN", "nothing was heard of it for so long that it is forgotten"),
            Map.entry("RULE_REMOVED", "its rule is no longer there"),
            Map.entry("EVALUATION_FAILED", "the rule could not be evaluated"),
            Map.entry("EVALUATION_RESTORED", "the rule can be evaluated again"),
            Map.entry("SPIKE", "the value is far from what was learned"),
            Map.entry("BASELINE_CHANGED", "the new level stayed and counts as normal now"),
            Map.entry("SERIES_RETURNED", "the missing series is back"),
            Map.entry("EXTERNAL", "another system said so"),
            Map.entry("REEMITTED", "said again, nothing changed"),
            Map.entry("SOURCE_SILENT", "a sender of several targets has fallen silent"),
            Map.entry("PIPELINE_STALLED", "a part of the pipeline has stalled"),
            Map.entry("PIPELINE_RESUMED", "the pipeline goes on"),
            Map.entry("LIMIT_REACHED", "more series than the rule's limit allows"));

    private Reasons() {}

    /** A reason in words; one that a newer version added by its name. */
    static String words(String reason) {
        return WORDS.getOrDefault(reason, reason.toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
