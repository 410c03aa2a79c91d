package io.tocsin.notifier.deliver.paging;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.PagerDutyOptions;
import io.tocsin.notifier.store.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PagerDuty's Events API, version 2, and 1 for service keys: one incident for a group, resolved with it. */
public final class PagerDuty implements HttpTelling<PagerDutyOptions> {

    private static final int SUMMARY = 1024;
    private static final int EVENT_BYTES = 512_000;
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
    private static final String V1_PATH = "/generic/2010-04-15/create_event.json";

    @Override
    public Dialogue tell(Notice notice, PagerDutyOptions options, Texts texts) {
        return switch (options.key()) {
            case PagerDutyOptions.Key.Routing(var key) ->
                Dialogue.ask(HttpCall.json("POST", options.url(), event(notice, options, texts, texts.secret(key))));
            case PagerDutyOptions.Key.Service(var key) ->
                Dialogue.ask(
                        HttpCall.json(
                                "POST",
                                options.url().resolve(V1_PATH),
                                eventV1(notice, options, texts, texts.secret(key))),
                        PagerDuty::outcomeV1);
        };
    }

    /** Version 1 says 403 when too many come. */
    private static Outcome outcomeV1(HttpReply reply) {
        return reply.status() == 403 ? reply.later() : reply.outcome();
    }

    private static String event(Notice notice, PagerDutyOptions options, Texts texts, String key) {
        Fields event = new Fields()
                .put("routing_key", key)
                .put("event_action", notice.resolved() ? "resolve" : "trigger")
                .put("dedup_key", notice.groupHash());
        if (notice.resolved()) {
            return Json.write(event.map());
        }
        event.text("client", texts.prose(options.client()))
                .text("client_url", texts.prose(options.clientUrl()))
                .list(
                        "images",
                        options.images().stream()
                                .map(image -> Map.of(
                                        "src", texts.prose(image.src()),
                                        "alt", texts.prose(image.alt()),
                                        "href", texts.prose(image.href())))
                                .filter(image -> !image.getOrDefault("src", "").isEmpty())
                                .toList())
                .list(
                        "links",
                        options.links().stream()
                                .map(link -> Map.of("href", texts.prose(link.href()), "text", texts.prose(link.text())))
                                .filter(link -> !link.getOrDefault("href", "").isEmpty())
                                .toList());
        event.put("payload", payload(options, texts, texts.trees(options.details())));
        String json = Json.write(event.map());
        return Cut.bytes(json) <= EVENT_BYTES
                ? json
                : Json.write(
                        event.put("payload", payload(options, texts, tooLong())).map());
    }

    private static Map<String, @Nullable Object> payload(
            PagerDutyOptions options, Texts texts, Map<String, @Nullable Object> details) {
        return new Fields()
                .put("summary", summary(options, texts))
                .put("source", texts.prose(options.source()))
                .put("severity", severity(texts.prose(options.severity())))
                .text("class", texts.prose(options.eventClass()))
                .text("component", texts.prose(options.component()))
                .text("group", texts.prose(options.group()))
                .put("custom_details", details)
                .map();
    }

    private static String summary(PagerDutyOptions options, Texts texts) {
        String summary = Cut.toCharacters(texts.prose(options.description()).strip(), SUMMARY);
        return summary.isEmpty() ? "(no description)" : summary;
    }

    /** One that PagerDuty does not know would lose the notice. */
    private static String severity(String rendered) {
        String severity = rendered.strip().toLowerCase(Locale.ROOT);
        return SEVERITIES.contains(severity) ? severity : "error";
    }

    private static Map<String, @Nullable Object> tooLong() {
        return new Fields()
                .put("error", "left out: the event would be longer than " + EVENT_BYTES + " bytes")
                .map();
    }

    private static String eventV1(Notice notice, PagerDutyOptions options, Texts texts, String key) {
        Fields event = new Fields()
                .put("service_key", key)
                .put("event_type", notice.resolved() ? "resolve" : "trigger")
                .put("incident_key", notice.groupHash())
                .put("description", summary(options, texts))
                .put("details", texts.trees(options.details()));
        if (!notice.resolved()) {
            event.text("client", texts.prose(options.client())).text("client_url", texts.prose(options.clientUrl()));
        }
        String json = Json.write(event.map());
        return Cut.bytes(json) <= EVENT_BYTES
                ? json
                : Json.write(event.put("details", tooLong()).map());
    }
}
