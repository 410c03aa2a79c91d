package io.tocsin.rulesengine.converge.stage;

import io.tocsin.rulesengine.Commits;
import io.tocsin.rulesengine.Stalls;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.ConvergeState;
import io.tocsin.rulesengine.converge.Converger;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;
import io.tocsin.rulesengine.deadletter.DeadLetters;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.state.Watermarks;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Convergence of the environments of one partition. Facts wait in the inbox until every evaluate partition is done with
 * a tick; then the facts of that tick count, together.
 */
final class ConvergeProcessor implements Processor<byte[], byte[], String, ConvergeOutput> {

    /** The source of changes that come from this engine's own ticks; all others came when they came. */
    private static final String OWN_SOURCE = "tocsin";

    private final Converger converger;
    private final int evaluatePartitions;
    private final ConvergeMeters meters;

    // Set by init.
    private ProcessorContext<String, ConvergeOutput> context;
    private ConvergeStores stores;
    private SortedMap<String, ConvergeState> states;
    private SortedMap<String, SortedMap<Long, Fact>> inbox;
    private ConvergeStores.Position position;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ConvergeProcessor(ConvergePolicy policy, int evaluatePartitions, ConvergeMeters meters) {
        this.converger = new Converger(policy);
        this.evaluatePartitions = evaluatePartitions;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, ConvergeOutput> streams) {
        context = streams;
        stores = new ConvergeStores(streams);
        states = stores.states();
        inbox = stores.inbox();
        position = stores.position(Watermarks.expecting(IntStream.range(0, evaluatePartitions)
                .mapToObj(Integer::toString)
                .toList()));
        Stalls.watch(
                context,
                "convergence",
                () -> position.marks(),
                stalled -> reached(position.marks().without(stalled)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin =
                context.recordMetadata().orElseThrow(() -> new IllegalStateException("a record without its origin"));
        try {
            switch (Messages.read(origin.topic(), record.value())) {
                case Message.Told told -> keep(told);
                case Message.Done done -> advance(done);
            }
        } catch (UnreadableException e) {
            meters.deadLetter(e.reason());
            context.forward(new Record<>(
                    "",
                    new ConvergeOutput.Dead(DeadLetters.of(e.reason().name(), e.getMessage(), record, origin)),
                    record.timestamp()));
        }
    }

    private void keep(Message.Told told) {
        long number = position.nextFact();
        inbox.computeIfAbsent(told.environment(), name -> new TreeMap<>()).put(number, told.fact());
        stores.put(told.environment(), number, told.fact());
        put(new ConvergeStores.Position(position.marks(), position.doneMs(), number + 1));
    }

    private void advance(Message.Done done) {
        reached(position.marks().reached(Integer.toString(done.evaluatePartition()), done.tickMs()));
    }

    private void reached(Watermarks marks) {
        long reachedMs = marks.reachedByAll().orElse(Watermarks.NOTHING);
        if (reachedMs > position.doneMs()) {
            converge(reachedMs);
        }
        put(new ConvergeStores.Position(marks, Math.max(reachedMs, position.doneMs()), position.nextFact()));
    }

    private void put(ConvergeStores.Position next) {
        position = next;
        stores.put(next);
    }

    private void converge(long tickMs) {
        TreeSet<String> environments = new TreeSet<>(states.keySet());
        environments.addAll(inbox.keySet());
        environments.forEach(environment -> converge(environment, tickMs));
        meters.converged(context.taskId().partition(), tickMs);
    }

    private void converge(String environment, long tickMs) {
        ConvergeState known = states.get(environment);
        ConvergeState before = known == null ? ConvergeState.empty(environment) : known;
        Step<ConvergeState, Snapshot> step = converger.next(before, take(environment, tickMs), tickMs);
        if (!step.state().equals(before)) {
            states.put(environment, step.state());
            stores.put(before, step.state());
        }
        for (Snapshot snapshot : step.events()) {
            meters.told(snapshot);
            context.forward(new Record<>(environment, new ConvergeOutput.Told(Incidents.of(snapshot)), tickMs));
        }
        if (!step.events().isEmpty()) {
            Commits.promptly(context, tickMs);
        }
    }

    /** The facts that count at a tick leave the inbox. */
    private List<Fact> take(String environment, long tickMs) {
        SortedMap<Long, Fact> waiting = inbox.getOrDefault(environment, new TreeMap<>());
        List<Fact> due = new ArrayList<>();
        waiting.entrySet().removeIf(entry -> {
            boolean counts = countsFromMs(entry.getValue()) <= tickMs;
            if (counts) {
                due.add(entry.getValue());
                stores.remove(environment, entry.getKey());
            }
            return counts;
        });
        if (waiting.isEmpty()) {
            inbox.remove(environment);
        }
        return due;
    }

    private static long countsFromMs(Fact fact) {
        return switch (fact) {
            case Fact.Change change -> change.source().equals(OWN_SOURCE) ? change.atMs() : 0;
            case Fact.Called called -> called.window().endMs();
            case Fact.RunsOn _, Fact.Repair _ -> 0;
        };
    }
}
