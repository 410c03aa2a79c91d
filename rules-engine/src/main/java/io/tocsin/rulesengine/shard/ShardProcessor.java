package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.EdgeRecord;
import io.tocsin.contracts.v1.HalfEdge;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.contracts.v1.RunsOn;
import io.tocsin.contracts.v1.ShardTime;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.Commits;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.deadletter.DeadLetters;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.store.Intake;
import io.tocsin.rulesengine.store.SampleStore;
import io.tocsin.rulesengine.store.Targets;
import io.tocsin.rulesengine.tick.ClockState;
import io.tocsin.rulesengine.tick.Tick;
import io.tocsin.rulesengine.tick.TickClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One shard: the ticks before a record fire, then the record counts. What a record brought is in the logged stores before
 * {@link #process} returns; the heap is a cache that {@link #init} rebuilds.
 */
final class ShardProcessor implements Processor<byte[], byte[], String, ShardOutput> {

    private static final Duration RULES_PATIENCE = Duration.ofSeconds(30);
    private static final long FORGET_TARGETS_MS = Duration.ofHours(24).toMillis();

    private final ShardKind kind;
    private final RulesEngineConfig config;
    private final EngineRules rules;
    private final LocalShards shards;
    private final ShardMeters meters;
    private final TickClock clock;
    private final SampleStore store;
    private final Targets targets;

    // Set by init.
    private ProcessorContext<String, ShardOutput> context;
    private String shard;
    private ShardStores stores;
    private Telemetry telemetry;
    private TickBatches batches;
    private LocalShards.Shard opened;
    private ClockState now;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ShardProcessor(
            ShardKind kind, RulesEngineConfig config, EngineRules rules, LocalShards shards, ShardMeters meters) {
        this.kind = kind;
        this.config = config;
        this.rules = rules;
        this.shards = shards;
        this.meters = meters;
        this.clock = new TickClock(
                config.baseTickMs(),
                config.fineTickMs(),
                tickMs -> rules.at(tickMs).needsTicksBetween(config.baseTickMs()));
        this.store = new SampleStore(config.storeLimits());
        this.targets = new Targets(config.storeLimits(), FORGET_TARGETS_MS, kind == ShardKind.METRICS);
    }

    @Override
    public void init(ProcessorContext<String, ShardOutput> streams) {
        long started = meters.now();
        context = streams;
        shard = kind.shardId(streams.taskId().partition());
        stores = new ShardStores(kind, config.storeLimits(), streams);
        now = stores.clock();
        stores.restore(store, targets, now);
        telemetry = telemetry();
        batches = new TickBatches(shard, rules, store, targets, config.ruleEngine(), config.evaluatePartitions());
        opened = new LocalShards.Shard(shard, store);
        shards.opened(opened);
        meters.restored(shard, started);
    }

    private Telemetry telemetry() {
        return switch (kind) {
            case METRICS -> new MetricsTelemetry(new StoredDeltaTotals(stores.totals()), shards.catalog(), meters);
            case SPANS ->
                new SpansTelemetry(stores.totals(), config.spanInterval().toMillis(), meters);
        };
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a telemetry record without its origin"));
        Optional<Heartbeat> heartbeat = Heartbeat.of(record.headers(), record.value());
        try {
            if (!config.replay().isOne() && ForeignTime.marked(record.headers())) {
                throw new PoisonException(PoisonException.Reason.NO_ARRIVAL_TIME, "timestamp " + record.timestamp());
            }
            advance(record.timestamp(), heartbeat, origin.offset());
            if (heartbeat.isEmpty()) {
                take(record, origin.offset());
            }
        } catch (PoisonException e) {
            meters.deadLetter(e.reason());
            forward(
                    new ShardOutput.Dead(DeadLetters.of(e.reason().name(), e.getMessage(), record, origin)),
                    "",
                    record.timestamp());
        }
        stores.put(now);
    }

    private void advance(long timestampMs, Optional<Heartbeat> heartbeat, long offset) {
        heartbeat.ifPresent(beat -> rules.awaitOffset(beat.rulesOffset(), RULES_PATIENCE));
        if (now.started() && timestampMs < now.arrivalMs()) {
            meters.backwardStep(shard);
        }
        Step<ClockState, Tick> step = clock.next(now, timestampMs, heartbeat.map(Heartbeat::doors));
        if (step.state().gap().endMs() != now.gap().endMs()) {
            meters.gap(shard);
        }
        boolean begins = !now.started();
        if (begins) {
            stores.mark(step.state().arrivalMs());
        }
        long beforeMs = begins ? step.state().lastTickMs() : now.lastTickMs();
        now = step.state();
        int sequence = 0;
        for (Tick tick : step.events()) {
            fire(tick, offset, sequence++);
        }
        maintain(beforeMs, now.lastTickMs());
        if (!step.events().isEmpty()) {
            Commits.promptly(context, step.events().getLast().atMs());
        }
    }

    private void fire(Tick tick, long offset, int sequence) {
        List<SampleStore.Incoming> samples = telemetry.sampleAt(tick.atMs());
        if (!samples.isEmpty()) {
            keep(store.take(samples, tick.atMs()), offset, sequence);
        }
        int partition = 0;
        for (PartialBatch batch : batches.at(tick)) {
            forward(new ShardOutput.Partial(partition, batch), Integer.toString(partition), tick.atMs());
            meters.ticked(shard, tick.atMs(), batch.getCompleteness() == Completeness.COMPLETE);
            partition++;
        }
        if (kind == ShardKind.SPANS) {
            forward(tick);
        }
    }

    /** Once a minute of log time, also where the minute's tick was skipped: compresses a part of the series, and evicts. */
    private void maintain(long beforeMs, long afterMs) {
        long last = Math.floorDiv(beforeMs, ShardStores.EVICTION_MS);
        long minute = Math.floorDiv(afterMs, ShardStores.EVICTION_MS);
        if (last == minute) {
            return;
        }
        long atMs = minute * ShardStores.EVICTION_MS;
        stores.mark(atMs);
        for (long pass = Math.max(last + 1, minute - ShardStores.SEAL_PASSES + 1); pass <= minute; pass++) {
            store.seal(Math.floorMod(pass, ShardStores.SEAL_PASSES), ShardStores.SEAL_PASSES, atMs)
                    .forEach(stores::put);
        }
        // What was forgotten stays so, though there may be room for it again: it is still in the log.
        long horizonMs = Math.max(stores.horizonMs(), store.horizonMs(atMs));
        stores.putHorizon(horizonMs);
        stores.removeSeries(store.evict(horizonMs), store.nextId());
        stores.removeTargets(targets.forget(atMs));
        meters.sizes(shard, store.seriesCount(), targets.size(), store.size());
        meters.retention(shard, atMs - horizonMs);
    }

    private void take(Record<byte[], byte[]> record, long offset) throws PoisonException {
        byte[] value = record.value();
        if (value == null) {
            throw new PoisonException(PoisonException.Reason.NO_VALUE, "no value");
        }
        List<Telemetry.Reading> readings = telemetry.read(record.key(), value, now.arrivalMs());
        int sequence = Integer.MAX_VALUE - readings.size();
        for (Telemetry.Reading reading : readings) {
            stores.putTarget(reading.target(), targets.seen(reading.target(), reading.environment(), now.arrivalMs()));
            keep(store.take(reading.samples(), now.arrivalMs()), offset, sequence++);
            reading.edges().forEach(this::forward);
            reading.placement().ifPresent(this::forward);
        }
    }

    private void keep(Intake intake, long offset, int sequence) {
        stores.put(intake, offset, sequence);
        meters.samples(intake.fates());
    }

    private void forward(RunsOn placement) {
        TopologyRecord record = TopologyRecord.newBuilder().setRunsOn(placement).build();
        forward(new ShardOutput.Placed(record), placement.getEnvironment(), now.arrivalMs());
    }

    private void forward(HalfEdge half) {
        EdgeRecord edge = EdgeRecord.newBuilder().setHalf(half).build();
        forward(new ShardOutput.Edge(edge), half.getTraceId(), now.arrivalMs());
    }

    /** Pairing waits for the other side of a call only until every shard has passed. */
    private void forward(Tick tick) {
        ShardTime time =
                ShardTime.newBuilder().setShard(shard).setTickMs(tick.atMs()).build();
        forward(new ShardOutput.Edge(EdgeRecord.newBuilder().setTime(time).build()), shard, tick.atMs());
    }

    private void forward(ShardOutput output, String key, long timestampMs) {
        context.forward(new Record<>(key, output, timestampMs));
    }

    @Override
    public void close() {
        if (opened != null) {
            shards.closed(opened);
        }
    }
}
