package io.tocsin.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class LiveFeedTest {

    @Test
    void soManyMayListenAndAPlaceIsFreeAgain() {
        LiveFeed feed = new LiveFeed("test", 2);
        Disposable first = feed.since("").subscribe();
        assertThat(feed.isFull()).isFalse();
        Disposable second = feed.since("").subscribe();
        assertThat(feed.isFull()).isTrue();
        first.dispose();
        assertThat(feed.isFull()).isFalse();
        second.dispose();
        assertThat(feed.watchers()).isZero();
    }
}
