package io.tocsin.rulesengine.topology.stage;

import io.tocsin.contracts.v1.CallEdge;
import io.tocsin.contracts.v1.EdgeRecord;
import io.tocsin.contracts.v1.HalfEdge;
import io.tocsin.contracts.v1.ShardTime;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.Stalls;
import io.tocsin.rulesengine.state.Watermarks;
import io.tocsin.rulesengine.topology.EdgeWindow;
import io.tocsin.rulesengine.topology.HalfCall;
import io.tocsin.rulesengine.topology.PairPolicy;
import io.tocsin.rulesengine.topology.Pairing;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition of pairing. Its time is the tick that all shards of spans have passed, so that the side of a call that is
 * late with its shard is waited for; a shard that has stalled is not.
 */
final class PairProcessor implements Processor<String, EdgeRecord, String, TopologyRecord> {

    private final PairPolicy policy;
    private final Collection<String> shards;

    // Set by init.
    private ProcessorContext<String, TopologyRecord> context;
    private PairStores stores;
    private Pairing pairing;
    private Watermarks marks;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    PairProcessor(PairPolicy policy, Collection<String> shards) {
        this.policy = policy;
        this.shards = List.copyOf(shards);
    }

    @Override
    public void init(ProcessorContext<String, TopologyRecord> streams) {
        context = streams;
        stores = new PairStores(streams);
        pairing = new Pairing(policy, stores);
        marks = stores.restore(pairing, Watermarks.expecting(shards));
        Stalls.watch(context, "pairing", () -> marks, stalled -> reached(marks.without(stalled)));
    }

    @Override
    public void process(Record<String, EdgeRecord> record) {
        switch (record.value().getRecordCase()) {
            case HALF -> pairing.offer(half(record.value().getHalf()));
            case TIME -> advance(record.value().getTime());
            case RECORD_NOT_SET -> throw new IllegalStateException("an edge record of a kind that is not known here");
        }
    }

    private void advance(ShardTime time) {
        reached(marks.reached(time.getShard(), time.getTickMs()));
    }

    private void reached(Watermarks next) {
        marks = next;
        stores.put(marks);
        marks.reachedByAll().ifPresent(reachedMs -> {
            List<EdgeWindow> ended = pairing.advance(reachedMs);
            ended.forEach(this::forward);
        });
    }

    private void forward(EdgeWindow window) {
        stores.ended(window);
        context.forward(new Record<>(window.edge().environment(), record(window), window.endMs()));
    }

    private static HalfCall half(HalfEdge half) {
        return new HalfCall(
                half.getEnvironment(),
                half.getTraceId() + half.getClientSpanId(),
                half.getSide() == HalfEdge.Side.CLIENT,
                half.getService(),
                half.getDurationNs(),
                half.getFailed(),
                half.getArrivalMs(),
                half.getPeer(),
                half.getNode());
    }

    private TopologyRecord record(EdgeWindow window) {
        return TopologyRecord.newBuilder()
                .setCall(CallEdge.newBuilder()
                        .setEnvironment(window.edge().environment())
                        .setCaller(window.edge().caller())
                        .setCallee(window.edge().callee())
                        .setAtMs(window.endMs())
                        .setWindowMs(policy.windowMs())
                        .setCalls(window.calls())
                        .setClientErrors(window.clientErrors())
                        .setServerErrors(window.serverErrors())
                        .setUnanswered(window.unanswered())
                        .setClientSecondsSum(window.clientSeconds())
                        .setServerSecondsSum(window.serverSeconds())
                        .setVirtualCallee(window.virtual()))
                .build();
    }
}
