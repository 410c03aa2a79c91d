package io.tocsin.console.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decided whether people were told of an alert.
 *
 * @param routes where it goes
 * @param decisions what was decided about its groups
 */
public record Why(List<Route> routes, List<Decision> decisions) {

    /** The notifier has not said anything. */
    public static final Why NOTHING = new Why(List.of(), List.of());

    /**
     * Where the alert goes.
     *
     * @param receiver who is told
     * @param held what holds it; null when nothing does
     */
    public record Route(String receiver, @Nullable Held held) {

        public Route(String receiver, @Nullable Held held) {
            this.receiver = receiver;
            this.held = held;
        }
    }

    /** What holds an alert's notices, and which silences, alerts or incidents it is. */
    public record Held(String reason, List<String> by) {

        public Held(String reason, @Nullable List<String> by) {
            this.reason = reason;
            this.by = by == null ? List.of() : List.copyOf(by);
        }

        /** In words. */
        public String words() {
            return reason.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * A decision about a group that the alert is in.
     *
     * @param reason its name
     * @param lastAt when it was last decided so
     * @param times in a row
     */
    public record Decision(
            String receiver,
            String integration,
            String reason,
            @Nullable Instant lastAt,
            int times) {

        public Decision(String receiver, String integration, String reason, @Nullable Instant lastAt, int times) {
            this.receiver = receiver;
            this.integration = integration;
            this.reason = reason;
            this.lastAt = lastAt;
            this.times = times;
        }

        /** In words. */
        public String words() {
            return reason.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    public Why(@Nullable List<Route> routes, @Nullable List<Decision> decisions) {
        this.routes = routes == null ? List.of() : List.copyOf(routes);
        this.decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }
}
