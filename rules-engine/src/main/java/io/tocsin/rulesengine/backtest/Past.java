package io.tocsin.rulesengine.backtest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.contracts.v1.TickDone;
import io.tocsin.rulesengine.Replay;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.apply.RuleChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the log tells of the evaluation that was: the rules that were published, what was said, and which shards a tick went
 * on without, since that was decided by the clock of a machine.
 *
 * @param rules all versions, by age
 * @param transitions what was said, in the order of the log
 * @param replay what a replay must repeat
 * @param evaluatePartitions how many there were, 0 when nothing was evaluated
 */
public record Past(
        NavigableMap<String, RuleSetVersion> rules,
        List<AlertTransition> transitions,
        Replay replay,
        int evaluatePartitions) {

    /**
     * Reads it.
     *
     * @throws IOException when the log cannot be read, or holds what no engine wrote
     */
    public static Past read(LogSource source, Span span) throws IOException {
        NavigableMap<String, RuleSetVersion> rules = new TreeMap<>();
        List<AlertTransition> transitions = new ArrayList<>();
        Map<Integer, Map<Long, Set<String>>> excluded = new HashMap<>();
        RuleChain chain = new RuleChain();
        int partitions = 0;
        try (Log log = source.open(List.of(Topics.RULES, Topics.ALERTS), span)) {
            for (Optional<LoggedRecord> next = log.next(); next.isPresent(); next = log.next()) {
                byte[] value = next.get().value();
                if (value == null) {
                    continue;
                }
                if (next.get().topic().equals(Topics.RULES.name())) {
                    RuleSetVersion version = RuleSetVersion.parseFrom(value);
                    if (chain.accepts(version)) {
                        rules.put(version.getVersion(), version);
                    }
                    continue;
                }
                AlertEvent event = AlertEvent.parseFrom(value);
                if (event.hasTransition()) {
                    transitions.add(event.getTransition());
                } else {
                    TickDone done = event.getTickDone();
                    partitions = Math.max(partitions, done.getEvaluatePartition() + 1);
                    exclude(excluded, done);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("the log holds rules or alerts that cannot be read: " + e.getMessage(), e);
        }
        return new Past(rules, transitions, new Replay(true, excluded), partitions);
    }

    private static void exclude(Map<Integer, Map<Long, Set<String>>> excluded, TickDone done) {
        if (done.getExcludedShardsCount() > 0) {
            Objects.requireNonNull(excluded.computeIfAbsent(done.getEvaluatePartition(), key -> new HashMap<>()))
                    .put(done.getTickMs(), new TreeSet<>(done.getExcludedShardsList()));
        }
    }
}
