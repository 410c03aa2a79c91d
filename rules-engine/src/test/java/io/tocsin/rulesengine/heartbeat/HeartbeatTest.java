package io.tocsin.rulesengine.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.tick.DoorEvidence;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final byte[] EMPTY = new byte[0];

    @Property(tries = 100)
    void whatIsWrittenReadsBack(@ForAll long offset, @ForAll boolean complete, @ForAll @AlphaChars String reason) {
        Heartbeat heartbeat = new Heartbeat(offset, new DoorEvidence(complete, complete ? "" : reason));
        assertThat(Heartbeat.of(
                        new RecordHeaders(heartbeat.headers().toArray(org.apache.kafka.common.header.Header[]::new)),
                        EMPTY))
                .isEqualTo(Optional.of(heartbeat));
    }

    @Test
    void telemetryIsNoHeartbeatAndNeitherIsAnEmptyRecordOfAnybodyElse() {
        RecordHeaders marked = new RecordHeaders(new Heartbeat(1, DoorEvidence.COMPLETE)
                .headers()
                .toArray(org.apache.kafka.common.header.Header[]::new));
        assertThat(Heartbeat.of(new RecordHeaders(), EMPTY)).isEmpty();
        assertThat(Heartbeat.of(marked, null)).isEmpty();
        assertThat(Heartbeat.of(marked, new byte[] {1})).isEmpty();
    }

    @Test
    void aHeartbeatWithoutEvidenceProvesNothing() {
        RecordHeaders marked = new RecordHeaders();
        marked.add("tocsin-heartbeat", new byte[] {'1'});
        assertThat(Heartbeat.of(marked, EMPTY))
                .contains(new Heartbeat(0, DoorEvidence.incomplete("a heartbeat without evidence")));
    }
}
