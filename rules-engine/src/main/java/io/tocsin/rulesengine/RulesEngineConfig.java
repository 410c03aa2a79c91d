package io.tocsin.rulesengine;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.EngineOptions;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.rules.compile.RuleCompiler;
import io.tocsin.rulesengine.shard.ShardKind;
import io.tocsin.rulesengine.store.StoreLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the topology needs to know. It is the same on every instance of one application.
 *
 * @param telemetryPartitions partitions of {@code otlp_metrics}, and of {@code otlp_spans}: one shard each
 * @param evaluatePartitions partitions of the partial results
 * @param environmentPartitions partitions of everything keyed by environment
 * @param baseTick ticks lie at multiples of this
 * @param standardInterval interval of a rule group that names none
 * @param spanInterval how often span metrics are sampled, a multiple of the base tick
 * @param replay whether the log is a copy; else a telemetry record that is not stamped by the broker goes to dead letters
 * @param storeLimits what a shard keeps
 * @param convergence how alerts become incidents
 * @param externalUrl where this engine is reached by people, for links in templates
 */
public record RulesEngineConfig(
        int telemetryPartitions,
        int evaluatePartitions,
        int environmentPartitions,
        Duration baseTick,
        Duration standardInterval,
        Duration spanInterval,
        Replay replay,
        StoreLimits storeLimits,
        ConvergePolicy convergence,
        String externalUrl) {

    /** What one machine runs with. */
    public static final RulesEngineConfig STANDALONE = new RulesEngineConfig(
            4,
            4,
            4,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Replay.NONE,
            StoreLimits.DEFAULT,
            ConvergePolicy.DEFAULT,
            "http://127.0.0.1:9090");

    private static final int FINE_TICKS = 4;

    public RulesEngineConfig {
        if (telemetryPartitions < 1 || evaluatePartitions < 1 || environmentPartitions < 1) {
            throw new IllegalArgumentException("partition counts must be at least 1");
        }
        if (baseTick.toMillis() < 1 || standardInterval.compareTo(baseTick) < 0) {
            throw new IllegalArgumentException("the base tick must be positive and not above the standard interval");
        }
        if (spanInterval.toMillis() < 1 || spanInterval.toMillis() % baseTick.toMillis() != 0) {
            throw new IllegalArgumentException("the span interval must be a multiple of the base tick");
        }
    }

    /** The base tick in milliseconds. */
    public long baseTickMs() {
        return baseTick.toMillis();
    }

    /** Where a rule group asks for it, ticks lie this close, milliseconds: a quarter of the base tick. */
    public long fineTickMs() {
        return baseTickMs() % FINE_TICKS == 0 ? baseTickMs() / FINE_TICKS : baseTickMs();
    }

    /** Every shard that there is, by id. */
    public List<String> shards() {
        return Arrays.stream(ShardKind.values())
                .flatMap(kind -> shards(kind).stream())
                .toList();
    }

    /** Every shard of one kind, by id. */
    public List<String> shards(ShardKind kind) {
        return IntStream.range(0, telemetryPartitions).mapToObj(kind::shardId).toList();
    }

    /**
     * What evaluates rules. Its limits count samples and steps, not wall time: the same log must give the same result on a
     * slow machine.
     */
    public Engine ruleEngine() {
        EngineOptions.Limits counted = EngineOptions.Limits.DEFAULT;
        return new Engine(EngineOptions.DEFAULT
                .withLookback(Duration.ofMillis(storeLimits.lookbackMs()))
                .withLimits(new EngineOptions.Limits(
                        counted.samples(), counted.steps(), counted.series(), EngineOptions.Limits.NONE.timeout())));
    }

    /** What turns rule files into plans. */
    public RuleCompiler compiler() {
        return new RuleCompiler(baseTickMs(), fineTickMs(), standardInterval, Duration.ZERO);
    }
}
