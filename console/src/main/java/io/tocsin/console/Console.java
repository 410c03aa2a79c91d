package io.tocsin.console;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.live.LiveFeed;
import io.tocsin.console.notice.NoticeAnswer;
import io.tocsin.console.notice.RecentNotices;
import org.jspecify.annotations.Nullable;

/** The console at work: it reads the log, and asks the notifier while somebody looks. */
@Context
class Console implements ApplicationEventListener<ServerStartupEvent> {

    private final LogReader log;
    private final LiveFeed live;
    private final RecentNotices notices;
    private @Nullable NoticeAnswer known;

    Console(LogReader log, LiveFeed live, RecentNotices notices) {
        this.log = log;
        this.live = live;
        this.notices = notices;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        log.start();
    }

    /** Notices are not in the log: while a page is open they are looked after. */
    @Scheduled(fixedDelay = "1s")
    void lookForNotices() {
        if (live.watchers() == 0) {
            return;
        }
        NoticeAnswer now = notices.get();
        if (!now.equals(known)) {
            known = now;
            live.changed();
        }
    }
}
