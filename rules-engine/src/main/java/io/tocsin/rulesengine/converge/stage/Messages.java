package io.tocsin.rulesengine.converge.stage;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.CallEdge;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.RunsOn;
import io.tocsin.contracts.v1.TopologyRecord;
import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the contract's messages. */
final class Messages {

    private Messages() {}

    static Message read(String topic, byte @Nullable [] value) throws UnreadableException {
        if (value == null) {
            throw new UnreadableException(UnreadableException.Reason.NO_VALUE, "no value");
        }
        try {
            if (topic.equals(Topics.ALERTS.name())) {
                return alert(AlertEvent.parseFrom(value));
            }
            if (topic.equals(Topics.TOPOLOGY.name())) {
                return topology(TopologyRecord.parseFrom(value));
            }
            return remediation(RemediationEvent.parseFrom(value));
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableException(UnreadableException.Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Message alert(AlertEvent event) throws UnreadableException {
        return switch (event.getEventCase()) {
            case TRANSITION -> transition(event.getTransition());
            case TICK_DONE ->
                new Message.Done(
                        event.getTickDone().getEvaluatePartition(),
                        event.getTickDone().getTickMs());
            case EVENT_NOT_SET -> throw unknown("an event of a kind that is not known here");
        };
    }

    private static Message transition(AlertTransition told) throws UnreadableException {
        DataQuality quality = told.getQuality();
        return new Message.Told(
                environment(told.getEnvironment()),
                new Fact.Change(
                        told.getId(),
                        told.getFingerprint(),
                        told.getRule(),
                        new TreeMap<>(told.getLabelsMap()),
                        new TreeMap<>(told.getAnnotationsMap()),
                        named(AlertState.class, told.getTo()),
                        named(Reason.class, told.getReason()),
                        told.getAtMs(),
                        told.getFiredAtMs(),
                        told.getValue(),
                        new Fact.Quality(
                                quality.getCompletenessValue(),
                                quality.getShardsReported(),
                                quality.getShardsExpected(),
                                quality.getNewestSampleAgeMs()),
                        told.getSource(),
                        told.getGeneratorUrl()));
    }

    private static Message topology(TopologyRecord record) throws UnreadableException {
        return switch (record.getRecordCase()) {
            case CALL -> new Message.Told(environment(record.getCall().getEnvironment()), called(record.getCall()));
            case RUNS_ON -> {
                RunsOn at = record.getRunsOn();
                yield new Message.Told(
                        environment(at.getEnvironment()),
                        new Fact.RunsOn(at.getService(), at.getNode(), at.getVersion(), at.getAtMs()));
            }
            case RECORD_NOT_SET -> throw unknown("a topology record of a kind that is not known here");
        };
    }

    private static Fact called(CallEdge call) {
        return new Fact.Called(new EdgeWindow(
                new EdgeKey(environment(call.getEnvironment()), call.getCaller(), call.getCallee()),
                call.getAtMs(),
                call.getCalls(),
                call.getClientErrors(),
                call.getServerErrors(),
                call.getUnanswered(),
                call.getClientSecondsSum(),
                call.getServerSecondsSum(),
                call.getVirtualCallee()));
    }

    private static Message remediation(RemediationEvent event) {
        return new Message.Told(
                environment(event.getEnvironment()),
                new Fact.Repair(
                        event.getId(),
                        event.getIncidentId(),
                        event.getPlaybook(),
                        event.getTarget(),
                        event.getPhase().name(),
                        event.getReason(),
                        event.getDetail(),
                        event.getAtMs()));
    }

    private static String environment(String named) {
        return named.isEmpty() ? Environments.DEFAULT : named;
    }

    private static <T extends Enum<T>> T named(Class<T> type, Enum<?> told) throws UnreadableException {
        Map<String, T> known = new TreeMap<>();
        for (T constant : type.getEnumConstants()) {
            known.put(constant.name(), constant);
        }
        T found = known.get(told.name());
        if (found == null) {
            throw unknown(type.getSimpleName() + " " + told + " is not known here");
        }
        return found;
    }

    private static UnreadableException unknown(String detail) {
        return new UnreadableException(UnreadableException.Reason.UNKNOWN, detail);
    }
}
