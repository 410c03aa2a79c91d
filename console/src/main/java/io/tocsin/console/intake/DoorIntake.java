package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.Door;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the collectors say of themselves every second: the latest part of tocsin.doors. */
public final class DoorIntake implements Intake {

    private static final Duration HISTORY = Duration.ofMinutes(5);
    private static final int MOST = 1_000;

    private final TreeMap<String, Latest> doors = new TreeMap<>();
    private volatile List<Latest> latest = List.of();

    /**
     * The latest word of a collector.
     *
     * @param collector its id
     * @param at when it came
     * @param accepting whether it takes telemetry in
     * @param refused requests since its word before
     * @param oldest age of the oldest request that is not acknowledged; zero when there is none
     * @param senders seen in the last minute
     * @param closing whether it stopped in order
     */
    public record Latest(
            String collector,
            Instant at,
            boolean accepting,
            long refused,
            Duration oldest,
            int senders,
            boolean closing) {}

    /** The doors, by id. */
    public List<Latest> doors() {
        return latest;
    }

    @Override
    public Map<String, Duration> topics() {
        return Map.of(Topics.DOORS.name(), HISTORY);
    }

    @Override
    public Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException {
        Door door = Door.parseFrom(value);
        Latest now = new Latest(
                door.getCollector(),
                at,
                door.getAccepting(),
                door.getRefused(),
                Duration.ofMillis(door.getOldestUnacknowledgedMs()),
                door.getSendersCount(),
                door.getClosing());
        Latest before = doors.put(now.collector(), now);
        // A collector that is gone for long is forgotten, and so is the last of too many.
        doors.values().removeIf(one -> one.at().plus(HISTORY).isBefore(at));
        if (doors.size() > MOST) {
            doors.pollLastEntry();
        }
        boolean news = before == null || before.accepting() != now.accepting() || before.closing() != now.closing();
        return news ? Outcome.NEWS : Outcome.APPLIED;
    }

    @Override
    public void publish() {
        latest = List.copyOf(doors.values());
    }
}
