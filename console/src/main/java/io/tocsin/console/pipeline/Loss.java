package io.tocsin.console.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that the engine left out, since its start.
 *
 * @param what kind of thing, in words
 * @param reason its name
 * @param count how many
 */
public record Loss(String what, String reason, long count) {

    /** What an engine's meters tell of. */
    static List<Loss> of(Meters meters) {
        List<Loss> losses = new ArrayList<>();
        add(losses, meters, "records that could not be processed", "tocsin_engine_dead_letters_total");
        add(losses, meters, "points that gave no sample", "tocsin_engine_points_dropped_total");
        add(
                losses,
                meters,
                "alerts, edges and repairs that could not be read",
                "tocsin_engine_convergence_dead_letters_total");
        long heartbeats = Math.round(meters.sum("tocsin_engine_heartbeats_failed_total"));
        if (heartbeats > 0) {
            losses.add(new Loss("heartbeats that the broker did not take", "", heartbeats));
        }
        return losses;
    }

    private static void add(List<Loss> losses, Meters meters, String what, String name) {
        meters.by(name, "reason").forEach((reason, count) -> {
            if (count > 0) {
                losses.add(new Loss(what, reason, Math.round(count)));
            }
        });
    }
}
