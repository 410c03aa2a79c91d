package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.console.alert.Alert;
import io.tocsin.console.alert.AlertFold;
import io.tocsin.console.alert.State;
import io.tocsin.console.alert.Transition;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.TickDone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Alerts and how far their evaluation is: the latest part of tocsin.alerts. */
public final class AlertIntake implements Intake {

    private final AlertFold fold;
    private final Duration history;
    private final SortedMap<Integer, Tick> ticks = new TreeMap<>();
    private volatile List<Alert> alerts = List.of();
    private volatile List<Tick> latest = List.of();

    /**
     * How far one part of the evaluation is.
     *
     * @param partition of the evaluation
     * @param at logical time up to which its alerts are in the log
     * @param complete whether that rests on full evidence
     * @param excluded shards that it went on without
     */
    public record Tick(int partition, Instant at, boolean complete, List<String> excluded) {

        public Tick {
            excluded = List.copyOf(excluded);
        }
    }

    /**
     * Makes its picture by this fold.
     *
     * @param history how much of the log is read
     */
    public AlertIntake(AlertFold fold, Duration history) {
        this.fold = fold;
        this.history = history;
    }

    /** Alerts, those that changed last first. */
    public List<Alert> alerts() {
        return alerts;
    }

    /** The latest tick of each part of the evaluation. */
    public List<Tick> ticks() {
        return latest;
    }

    @Override
    public Map<String, Duration> topics() {
        return Map.of(Topics.ALERTS.name(), history);
    }

    @Override
    public Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException {
        AlertEvent event = AlertEvent.parseFrom(value);
        return switch (event.getEventCase()) {
            case TRANSITION -> fold.apply(alert(event.getTransition())) ? Outcome.NEWS : Outcome.KNOWN;
            case TICK_DONE -> tick(event.getTickDone());
            case EVENT_NOT_SET -> throw new IllegalArgumentException("an alert event of a kind that is not known");
        };
    }

    private Outcome tick(TickDone done) {
        Tick tick = new Tick(
                done.getEvaluatePartition(),
                Instant.ofEpochMilli(done.getTickMs()),
                done.getComplete(),
                done.getExcludedShardsList());
        ticks.put(tick.partition(), tick);
        return Outcome.APPLIED;
    }

    @Override
    public void publish() {
        alerts = fold.alerts();
        latest = List.copyOf(ticks.values());
    }

    private static Alert alert(AlertTransition transition) {
        if (transition.getFingerprint().isEmpty()) {
            throw new IllegalArgumentException("an alert without a fingerprint");
        }
        return new Alert(
                new Alert.Key(transition.getEnvironment(), transition.getFingerprint(), transition.getRule()),
                transition.getGroup(),
                new TreeMap<>(transition.getLabelsMap()),
                new TreeMap<>(transition.getAnnotationsMap()),
                transition.getExpr(),
                transition.getSource(),
                time(transition.getActiveSinceMs()),
                List.of(new Transition(
                        transition.getId(),
                        state(transition.getFrom()),
                        state(transition.getTo()),
                        transition.getReason().name(),
                        Instant.ofEpochMilli(transition.getAtMs()),
                        Double.isFinite(transition.getValue()) ? (Double) transition.getValue() : null,
                        evidence(transition.getQuality()))));
    }

    private static State state(AlertState state) {
        return State.of(state.name());
    }

    private static String evidence(DataQuality quality) {
        return switch (quality.getCompleteness()) {
            case INCOMPLETE ->
                "incomplete data, " + quality.getShardsReported() + " of " + quality.getShardsExpected()
                        + " shards reported";
            case BLIND -> "the log had a gap";
            case COMPLETE, COMPLETENESS_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static @Nullable Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
