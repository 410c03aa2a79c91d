package io.tocsin.benchmarks.engine;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.rulesengine.heartbeat.Heartbeat;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.tick.DoorEvidence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.common.header.Header;

/** What senders leave in the log over a long time, with a heartbeat a second on each partition, made while it is read. */
final class FleetLog implements Log {

    private static final long START_MS = 1_700_000_000_000L;
    private static final int PARTITIONS = TopicCreation.STANDALONE.telemetryPartitions();
    private static final List<Header> BEAT = new Heartbeat(0, DoorEvidence.COMPLETE).headers();
    private static final byte[] NOTHING = {};

    private final Senders senders;
    private final long stepSeconds;
    private final long seconds;
    private final Queue<LoggedRecord> ready = new ArrayDeque<>();
    private long second;
    private long offset;

    FleetLog(Senders senders, Duration step, Duration length) {
        this.senders = senders;
        this.stepSeconds = Math.max(1, step.toSeconds());
        this.seconds = length.toSeconds();
    }

    @Override
    public List<Source> sources() {
        return List.of(new Source(Topics.METRICS.name(), PARTITIONS), new Source(Topics.SPANS.name(), PARTITIONS));
    }

    @Override
    public Optional<LoggedRecord> next() {
        while (ready.isEmpty() && second < seconds) {
            make(START_MS + 1_000 * second);
            second++;
        }
        return Optional.ofNullable(ready.poll());
    }

    private void make(long atMs) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            add(Topics.METRICS.name(), partition, atMs, NOTHING, NOTHING, BEAT);
            add(Topics.SPANS.name(), partition, atMs, NOTHING, NOTHING, BEAT);
        }
        for (int target = 0; target < senders.size(); target++) {
            if (target % stepSeconds == second % stepSeconds) {
                byte[] key = TargetIdentity.of(senders.resource(target)).key();
                add(Topics.METRICS.name(), target % PARTITIONS, atMs + 1, key, senders.report(target, atMs), List.of());
            }
        }
    }

    private void add(String topic, int partition, long atMs, byte[] key, byte[] value, List<Header> headers) {
        ready.add(new LoggedRecord(topic, partition, offset++, atMs, true, key, value, headers));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
