package io.tocsin.selfheal.store;

import io.tocsin.selfheal.machine.RunState;
import java.sql.Timestamp;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** When the steps of repairs were begun for the first time: what is younger at a target is their effect. */
public final class StepBegins {

    private StepBegins() {}

    /** Writes that the present step begins, unless it was begun before. */
    public static void write(Handle handle, Run run, Instant now) {
        handle.createUpdate("INSERT INTO step_begin VALUES (:run, :undo, :step, :at) ON CONFLICT DO NOTHING")
                .bind("run", run.id())
                .bind("undo", run.progress().state() == RunState.UNDOING)
                .bind("step", run.progress().step())
                .bind("at", now)
                .execute();
    }

    /** When the present step was begun for the first time; the repair's own beginning when that was not written. */
    public static Instant of(Handle handle, Run run) {
        return handle.createQuery("SELECT at FROM step_begin WHERE run = :run AND undo = :undo AND step = :step")
                .bind("run", run.id())
                .bind("undo", run.progress().state() == RunState.UNDOING)
                .bind("step", run.progress().step())
                .mapTo(Timestamp.class)
                .findOne()
                .map(Timestamp::toInstant)
                .orElse(run.startedAt());
    }
}
