package io.tocsin.selfheal.store;

import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Targets out of repair until a person releases them. Their traffic is not touched. */
public final class Quarantine {

    private Quarantine() {}

    public static Set<String> targets(Handle handle) {
        return Set.copyOf(handle.createQuery("SELECT target FROM quarantine")
                .mapTo(String.class)
                .list());
    }

    /** Puts a target there; false when it is there already. */
    public static boolean put(Handle handle, String target, String why, Instant now) {
        return handle.createUpdate("INSERT INTO quarantine VALUES (:target, :now, :why) ON CONFLICT DO NOTHING")
                        .bind("target", target)
                        .bind("now", now)
                        .bind("why", why)
                        .execute()
                == 1;
    }

    /** Lets a target out; false when it was not there. */
    public static boolean release(Handle handle, String target) {
        return handle.createUpdate("DELETE FROM quarantine WHERE target = :target")
                        .bind("target", target)
                        .execute()
                == 1;
    }
}
