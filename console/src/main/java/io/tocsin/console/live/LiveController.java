package io.tocsin.console.live;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import org.reactivestreams.Publisher;

/** {@code /live}: server-sent events for open pages. */
@Controller("/live")
final class LiveController {

    private final LiveFeed feed;

    LiveController(LiveFeed feed) {
        this.feed = feed;
    }

    @Get
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(@QueryValue(defaultValue = "") String seen) {
        return feed.since(seen);
    }
}
