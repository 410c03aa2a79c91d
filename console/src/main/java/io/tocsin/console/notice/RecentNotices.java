package io.tocsin.console.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The notifier's latest answer, asked for at most once in a while however many look. */
public final class RecentNotices {

    private final Supplier<NoticeAnswer> ask;
    private final Duration valid;
    private final InstantSource clock;

    private @Nullable NoticeAnswer answer;
    private Instant askedAt = Instant.EPOCH;

    /**
     * Does not ask yet.
     *
     * @param ask gets an answer; may block
     * @param valid how long an answer holds
     */
    public RecentNotices(Supplier<NoticeAnswer> ask, Duration valid, InstantSource clock) {
        this.ask = ask;
        this.valid = valid;
        this.clock = clock;
    }

    /** The answer, not older than what is valid. */
    public synchronized NoticeAnswer get() {
        Instant now = clock.instant();
        NoticeAnswer known = answer;
        if (known == null || !askedAt.plus(valid).isAfter(now)) {
            known = ask.get();
            answer = known;
            askedAt = now;
        }
        return known;
    }
}
