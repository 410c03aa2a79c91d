package io.tocsin.rulesengine.evaluate;

import java.util.List;
import java.util.Map;

/**
 * What one shard says of one tick to one evaluate partition.
 *
 * @param shard "metrics/3": topic kind and partition
 * @param ruleVersion the version of the rules that it evaluated
 * @param evidence what is known of its data
 * @param rules its part of each due rule, by {@link #key}
 * @param silent its targets that reported before and are silent now
 * @param blind its targets that have not reported since its newest gap
 * @param blindEndMs the end of that gap, Unix milliseconds; 0 for none
 */
public record ShardReport(
        String shard,
        long tickMs,
        String ruleVersion,
        Evidence evidence,
        Map<String, Part> rules,
        List<Silence> silent,
        List<Silence> blind,
        long blindEndMs) {

    /** What is known of a shard's data at a tick. */
    public enum Evidence {
        COMPLETE,
        INCOMPLETE,
        BLIND
    }

    /**
     * A shard's part of one expression.
     *
     * @param leaves encoded partial results by leaf
     * @param error why there are none; "" where there are
     * @param newestMs time of the newest sample that was read for them, Unix milliseconds; 0 for none
     */
    public record Part(Map<Integer, byte[]> leaves, String error, long newestMs) {
        public Part {
            leaves = Map.copyOf(leaves);
        }
    }

    /** A target that is away. Times and durations are milliseconds. */
    public record Silence(String job, String instance, long lastArrivalMs, long cadenceMs) {}

    public ShardReport {
        rules = Map.copyOf(rules);
        silent = List.copyOf(silent);
        blind = List.copyOf(blind);
    }

    /** How {@link #rules} names an expression of a rule: 0 is its condition, 1 that for recovery. */
    public static String key(String rule, int expression) {
        return rule + '\0' + expression;
    }
}
