package io.tocsin.selfheal.heal;

import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.store.Audit;
import io.tocsin.selfheal.store.Outbox;
import io.tocsin.selfheal.store.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/** Tells what happens: one event for others and one audit entry, in the transaction of the thing itself. */
final class Events {

    private static final String ACTOR = "tocsin";
    private static final int ID_LENGTH = 32;

    private Events() {}

    /** The name of something that is made of these parts, the same whenever it is made. */
    static String id(Object... parts) {
        StringBuilder all = new StringBuilder();
        for (Object part : parts) {
            all.append(part).append('\0');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A step of a repair.
     *
     * @param distinct what tells this event from others of the same phase of the same repair
     */
    static void tell(Handle handle, Run run, Phase phase, String distinct, String detail, Instant now) {
        RemediationEvent event = RemediationEvent.newBuilder()
                .setId(id(run.id(), phase, distinct))
                .setRunId(run.id())
                .setIncidentId(run.incident())
                .setEnvironment(run.environment())
                .setPlaybook(run.playbook())
                .setTarget(run.target())
                .setPhase(phase)
                .setDetail(detail)
                .setAtMs(now.toEpochMilli())
                .setVerifyDeadlineMs(run.progress()
                        .verifyDeadline()
                        .map(Instant::toEpochMilli)
                        .orElse(0L))
                .setAttempt(run.attempt())
                .build();
        tell(handle, event, now);
    }

    /**
     * A decision not to run, or not yet.
     *
     * @param target "" when the inventory has none
     * @param distinct what tells this event from others of the same phase and reason
     */
    static void tell(
            Handle handle,
            Incident incident,
            String playbook,
            String target,
            Phase phase,
            Object distinct,
            String reason,
            String detail,
            Instant now) {
        RemediationEvent event = RemediationEvent.newBuilder()
                .setId(id(incident.id(), playbook, target, distinct, phase, reason))
                .setIncidentId(incident.id())
                .setEnvironment(incident.environment())
                .setPlaybook(playbook)
                .setTarget(target)
                .setPhase(phase)
                .setReason(reason)
                .setDetail(detail)
                .setAtMs(now.toEpochMilli())
                .build();
        tell(handle, event, now);
    }

    private static void tell(Handle handle, RemediationEvent event, Instant now) {
        Outbox.put(handle, event);
        Audit.write(
                handle,
                new Audit.Entry(
                        now,
                        ACTOR,
                        event.getPhase().name(),
                        event.getIncidentId(),
                        event.getRunId(),
                        event.getPlaybook(),
                        event.getTarget(),
                        event.getReason(),
                        event.getDetail()));
    }
}
