package io.tocsin.selfheal.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was last decided about a repair that does not run. */
public final class Verdicts {

    private Verdicts() {}

    /**
     * Notes a verdict; returns its number when its reason is another than before, and so worth telling.
     *
     * @param reason a guard's reason, or "RUN"
     */
    public static Optional<Integer> changed(
            Handle handle, String incident, String playbook, String target, String reason, String detail, Instant now) {
        return handle.createQuery("""
                        INSERT INTO verdict AS known VALUES (:incident, :playbook, :target, 1, :reason, :detail, :now)
                        ON CONFLICT (incident, playbook, target) DO UPDATE SET changes = known.changes + 1,
                            reason = excluded.reason, detail = excluded.detail, at = excluded.at
                        WHERE known.reason <> excluded.reason
                        RETURNING changes""")
                .bind("incident", incident)
                .bind("playbook", playbook)
                .bind("target", target)
                .bind("reason", reason)
                .bind("detail", detail)
                .bind("now", now)
                .mapTo(Integer.class)
                .findOne();
    }
}
