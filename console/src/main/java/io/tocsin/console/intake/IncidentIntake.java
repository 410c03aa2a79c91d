package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.console.incident.Board;
import io.tocsin.console.incident.BoardFold;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RemediationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Incidents and their repairs: all of tocsin.incidents and tocsin.remediations. */
public final class IncidentIntake implements Intake {

    private final BoardFold fold;
    private volatile Board board = Board.EMPTY;

    /** Makes its picture by this fold. */
    public IncidentIntake(BoardFold fold) {
        this.fold = fold;
    }

    /** What is known now. */
    public Board board() {
        return board;
    }

    @Override
    public Map<String, Duration> topics() {
        return Map.of(Topics.INCIDENTS.name(), EVERYTHING, Topics.REMEDIATIONS.name(), EVERYTHING);
    }

    @Override
    public Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException {
        boolean news = topic.equals(Topics.INCIDENTS.name()) ? incident(value) : remediation(value);
        return news ? Outcome.NEWS : Outcome.KNOWN;
    }

    private boolean incident(byte[] value) throws InvalidProtocolBufferException {
        return fold.apply(IncidentMapping.incident(IncidentSnapshot.parseFrom(value)));
    }

    private boolean remediation(byte[] value) throws InvalidProtocolBufferException {
        RemediationEvent event = RemediationEvent.parseFrom(value);
        return fold.apply(
                event.getIncidentId(),
                event.getRunId(),
                event.getPlaybook(),
                event.getTarget(),
                IncidentMapping.event(event));
    }

    @Override
    public void publish() {
        board = fold.board();
    }
}
