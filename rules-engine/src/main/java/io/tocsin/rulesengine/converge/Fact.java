package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What convergence is told between two ticks. Times are Unix milliseconds. */
public sealed interface Fact {

    /**
     * An alert changed its state.
     *
     * @param id the same for the same change, however often it is told
     * @param firedAtMs when it began to fire; 0 when unknown
     */
    record Change(
            String id,
            String fingerprint,
            String rule,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            AlertState to,
            Reason reason,
            long atMs,
            long firedAtMs,
            double value,
            Quality quality,
            String source,
            String generatorUrl)
            implements Fact {
        public Change {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }
    }

    /** The data that a change rests on, as it came; passed on, never judged here. */
    record Quality(int completeness, int shardsReported, int shardsExpected, long newestSampleAgeMs) {}

    /** Calls from one element to another. */
    record Called(EdgeWindow window) implements Fact {}

    /**
     * An element runs somewhere, in some version.
     *
     * @param node "" when it is not known
     * @param version "" when it is not known
     */
    record RunsOn(String service, String node, String version, long atMs) implements Fact {}

    /** A step of a repair. */
    record Repair(
            String id,
            String incident,
            String playbook,
            String target,
            String phase,
            String reason,
            String detail,
            long atMs)
            implements Fact {}
}
