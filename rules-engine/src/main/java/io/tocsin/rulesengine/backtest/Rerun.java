package io.tocsin.rulesengine.backtest;

import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.RuleCompiler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One evaluation of rules over a log.
 *
 * @param transitions what the rules would have said, as the engine writes it
 * @param firstTickMs the first tick that was evaluated; {@link Long#MAX_VALUE} for none
 * @param lastTickMs the last tick that every evaluate partition reached; {@link Long#MIN_VALUE} for none
 * @param records how many records of telemetry and heartbeats it read
 * @param poison how many of them could not be processed
 */
public record Rerun(List<AlertTransition> transitions, long firstTickMs, long lastTickMs, long records, long poison) {

    public Rerun {
        transitions = List.copyOf(transitions);
    }

    /**
     * Evaluates.
     *
     * @param past what was decided at the first evaluation
     * @param standardInterval interval of rule groups that name none
     * @param versions gives the versions of the rules that are in force at some tick of the log
     * @param span of the log that is read; time before the first tick of interest lets windows fill
     * @throws IOException when the log cannot be read or lacks telemetry
     */
    public static Rerun of(
            LogSource source,
            Past past,
            Duration standardInterval,
            Function<RuleCompiler, Collection<CompiledRules>> versions,
            Span span)
            throws IOException {
        try (Log log = source.open(List.of(Topics.METRICS, Topics.SPANS), span)) {
            int shards = log.partitions(Topics.METRICS);
            if (shards == 0 || log.partitions(Topics.SPANS) != shards) {
                throw new IOException("the log must have " + Topics.METRICS.name() + " and " + Topics.SPANS.name()
                        + " with as many partitions each; it has " + log.sources());
            }
            RulesEngineConfig config = config(shards, past, standardInterval);
            Ticks ticks = new Ticks(config.evaluatePartitions());
            List<AlertTransition> transitions = new ArrayList<>();
            PastEngine engine = new PastEngine(config, versions.apply(config.compiler()), event -> {
                ticks.count(event);
                if (event.hasTransition()) {
                    transitions.add(event.getTransition());
                }
            });
            long records = 0;
            for (Optional<LoggedRecord> next = log.next(); next.isPresent(); next = log.next()) {
                engine.take(next.get());
                records++;
            }
            return new Rerun(transitions, ticks.firstMs, ticks.lastMs(), records, engine.poison());
        }
    }

    private static RulesEngineConfig config(int shards, Past past, Duration standardInterval) {
        RulesEngineConfig standard = RulesEngineConfig.STANDALONE;
        return new RulesEngineConfig(
                shards,
                past.evaluatePartitions() == 0 ? standard.evaluatePartitions() : past.evaluatePartitions(),
                standard.environmentPartitions(),
                standard.baseTick(),
                standardInterval,
                standard.spanInterval(),
                past.replay(),
                standard.storeLimits(),
                standard.convergence(),
                standard.externalUrl());
    }

    private static final class Ticks {
        private final long[] done;
        private long firstMs = Long.MAX_VALUE;

        Ticks(int partitions) {
            done = new long[partitions];
            Arrays.fill(done, Long.MIN_VALUE);
        }

        void count(AlertEvent event) {
            if (event.hasTickDone()) {
                long tickMs = event.getTickDone().getTickMs();
                firstMs = Math.min(firstMs, tickMs);
                done[event.getTickDone().getEvaluatePartition()] = tickMs;
            }
        }

        long lastMs() {
            return Arrays.stream(done).min().orElse(Long.MIN_VALUE);
        }
    }
}
