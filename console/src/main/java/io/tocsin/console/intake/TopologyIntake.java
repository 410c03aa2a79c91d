package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.console.graph.CallFold;
import io.tocsin.console.graph.Calls;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.CallEdge;
import io.tocsin.contracts.v1.TopologyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who calls whom: the latest part of tocsin.topology. */
public final class TopologyIntake implements Intake {

    private final CallFold fold;
    private volatile List<Calls> calls = List.of();

    /** Makes its picture by this fold. */
    public TopologyIntake(CallFold fold) {
        this.fold = fold;
    }

    /** Calls in the latest windows. */
    public List<Calls> calls() {
        return calls;
    }

    @Override
    public Map<String, Duration> topics() {
        return Map.of(Topics.TOPOLOGY.name(), fold.history());
    }

    @Override
    public Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException {
        TopologyRecord topology = TopologyRecord.parseFrom(value);
        return switch (topology.getRecordCase()) {
            case CALL -> {
                fold.apply(calls(topology.getCall()));
                yield Outcome.APPLIED;
            }
            case RUNS_ON -> Outcome.KNOWN;
            case RECORD_NOT_SET -> throw new IllegalArgumentException("a topology record of a kind that is not known");
        };
    }

    private static Calls calls(CallEdge edge) {
        return new Calls(
                new Calls.Between(edge.getEnvironment(), edge.getCaller(), edge.getCallee()),
                Instant.ofEpochMilli(edge.getAtMs()),
                Duration.ofMillis(edge.getWindowMs()),
                edge.getCalls(),
                Math.max(edge.getClientErrors(), edge.getServerErrors()),
                edge.getUnanswered(),
                edge.getClientSecondsSum() > 0 ? edge.getClientSecondsSum() : edge.getServerSecondsSum(),
                edge.getVirtualCallee());
    }

    @Override
    public void publish() {
        calls = fold.calls();
    }
}
