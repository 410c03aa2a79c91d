package io.tocsin.console;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.notice.NoticeAnswer;
import io.tocsin.console.notice.RecentNotices;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console at work: it reads the log, and asks the notifier while somebody looks. */
@Context
final class Console implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final LogReader log;
    private final LiveFeed live;
    private final RecentNotices notices;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-notices").daemon(true).factory());
    private @Nullable NoticeAnswer known;

    Console(LogReader log, LiveFeed live, RecentNotices notices) {
        this.log = log;
        this.live = live;
        this.notices = notices;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        log.start();
        var _ = looking.scheduleWithFixedDelay(this::lookForNotices, 1, 1, TimeUnit.SECONDS);
    }

    /** Notices are not in the log: while a page is open they are looked after. */
    private void lookForNotices() {
        try {
            if (live.watchers() > 0) {
                compare(notices.get());
            }
        } catch (RuntimeException e) {
            // An exception would end the looking for ever.
            LOG.warn("notices could not be looked at, trying again", e);
        }
    }

    private void compare(NoticeAnswer now) {
        if (!now.equals(known)) {
            known = now;
            live.changed();
        }
    }

    @PreDestroy
    void close() {
        var _ = looking.shutdownNow();
    }
}
