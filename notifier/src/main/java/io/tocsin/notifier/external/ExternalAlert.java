package io.tocsin.notifier.external;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an alert that somebody else raises. Its state changes when a post says so, and when the end that the
 * last post gave passes without another.
 *
 * @param posted the last post, with what earlier ones add
 * @param source who posted it last
 * @param burning whether it was last told to burn
 * @param changedAt when it was last told, whole milliseconds; grows with every change
 */
public record ExternalAlert(Posted posted, String source, boolean burning, Instant changedAt) {

    /**
     * What a post makes of it.
     *
     * @param alert as it is known from now on
     * @param told whether this is to be told: it burns, it is over, or its texts are others
     */
    public record Step(ExternalAlert alert, boolean told) {}

    /** Its identity. */
    public String fingerprint() {
        return posted.fingerprint();
    }

    /**
     * Takes a post in.
     *
     * @param before what is known; null when nothing is
     * @return empty for the end of what never began
     */
    public static Optional<Step> next(@Nullable ExternalAlert before, Posted posted, String source, Instant now) {
        boolean burns = posted.burns(now);
        if (before == null || !before.burning) {
            return burns ? Optional.of(begun(before, posted, source, now)) : Optional.empty();
        }
        return Optional.of(burns ? before.goesOn(posted, source, now) : before.over(posted, source));
    }

    private static Step begun(@Nullable ExternalAlert before, Posted posted, String source, Instant now) {
        // An episode is known by its start: it lies after the one before.
        Posted begun = before == null ? posted : posted.startingAfter(before.posted.endsAt());
        Instant at = before == null ? now.truncatedTo(ChronoUnit.MILLIS) : before.after(now);
        return new Step(new ExternalAlert(begun, source, true, at), true);
    }

    private Step goesOn(Posted post, String by, Instant now) {
        Posted merged = post.following(posted);
        boolean sameTexts = merged.annotations().equals(posted.annotations())
                && merged.generatorUrl().equals(posted.generatorUrl());
        return new Step(new ExternalAlert(merged, by, true, sameTexts ? changedAt : after(now)), !sameTexts);
    }

    private Step over(Posted post, String by) {
        return new Step(new ExternalAlert(post, by, false, after(post.endsAt())), true);
    }

    /** Over, because its end passed and nobody said more; empty when it has not, or is over already. */
    public Optional<ExternalAlert> lapsed(Instant now) {
        return burning && !posted.burns(now)
                ? Optional.of(new ExternalAlert(posted, source, false, after(posted.endsAt())))
                : Optional.empty();
    }

    /** Strictly after the last change, so that no two changes have one time. */
    private Instant after(Instant time) {
        Instant next = changedAt.plusMillis(1);
        Instant whole = time.truncatedTo(ChronoUnit.MILLIS);
        return whole.isBefore(next) ? next : whole;
    }
}
