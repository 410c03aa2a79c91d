package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.SlackOptions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Slack. By a webhook each notice is a message. By an application's token a group's later notices are replies in the
 * thread of the first, the last of them shown in the channel too; or the first message is changed, where so configured.
 */
public final class Slack implements HttpTelling<SlackOptions> {

    private static final int TEXT = 40_000;
    private static final String METHOD = "chat.postMessage";
    private static final String TS = "ts";
    private static final String CHANNEL = "channel";
    /** Errors of the Web API that pass; they come with status 200. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org");
    /** Errors of a message that can no longer be changed. */
    private static final Set<String> UNCHANGEABLE =
            Set.of("message_not_found", "edit_window_closed", "cant_update_message", "channel_not_found");

    @Override
    public Dialogue tell(Notice notice, SlackOptions options, Texts texts) {
        URI url = texts.secretUrl(options.apiUrl());
        Map<String, @Nullable Object> message = message(options, texts);
        boolean application = url.getPath().endsWith(METHOD);
        if (!application) {
            return Dialogue.ask(HttpCall.post(url, message), Slack::webhookOutcome);
        }
        String ts = notice.memory().getOrDefault(TS, "");
        if (ts.isEmpty()) {
            return Dialogue.ask(HttpCall.post(url, message), Slack::posted);
        }
        return options.updateMessage()
                ? update(notice, url, message, ts)
                : Dialogue.ask(HttpCall.post(url, reply(notice, message, ts)), reply -> replied(reply, notice));
    }

    private static Dialogue update(Notice notice, URI url, Map<String, @Nullable Object> message, String ts) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(message);
        changed.put(CHANNEL, notice.memory().getOrDefault(CHANNEL, ""));
        changed.put(TS, ts);
        URI update = URI.create(url.toString().replace(METHOD, "chat.update"));
        return new Dialogue.Ask(HttpCall.post(update, changed), reply -> {
            boolean gone = UNCHANGEABLE.contains(reply.json().path("error").asString(""));
            return gone
                    ? Dialogue.ask(HttpCall.post(url, message), Slack::posted)
                    : new Dialogue.End(replied(reply, notice));
        });
    }

    private static Map<String, @Nullable Object> reply(
            Notice notice, Map<String, @Nullable Object> message, String thread) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>(message);
        reply.put(CHANNEL, notice.memory().getOrDefault(CHANNEL, ""));
        reply.put("thread_ts", thread);
        if (notice.resolved()) {
            reply.put("reply_broadcast", true);
        }
        return reply;
    }

    private static Outcome webhookOutcome(HttpReply reply) {
        boolean ok = reply.body().isBlank() || reply.body().strip().equals("ok") || isOk(reply);
        return reply.isSuccess() && !ok ? reply.never() : reply.outcome();
    }

    private static boolean isOk(HttpReply reply) {
        return reply.json().path("ok").asBoolean(false);
    }

    private static Outcome posted(HttpReply reply) {
        JsonNode answer = reply.json();
        return judged(
                reply,
                Map.of(
                        TS,
                        answer.path(TS).asString(""),
                        CHANNEL,
                        answer.path(CHANNEL).asString("")));
    }

    private static Outcome replied(HttpReply reply, Notice notice) {
        return judged(reply, notice.memory());
    }

    private static Outcome judged(HttpReply reply, Map<String, String> memory) {
        if (!reply.isSuccess()) {
            return reply.outcome();
        }
        if (isOk(reply)) {
            return new Outcome.Accepted("HTTP " + reply.status(), memory);
        }
        return PASSING.contains(reply.json().path("error").asString("")) ? reply.later() : reply.never();
    }

    private static Map<String, @Nullable Object> message(SlackOptions options, Texts texts) {
        return new Fields()
                .text("channel", texts.exact(options.channel()))
                .text("username", texts.prose(options.username()))
                .text("icon_emoji", texts.prose(options.iconEmoji()))
                .text("icon_url", texts.prose(options.iconUrl()))
                .flag("link_names", options.linkNames())
                .text("text", Cut.toCharacters(texts.prose(options.messageText()), TEXT))
                .put("attachments", java.util.List.of(SlackAttachment.of(options.attachment(), texts)))
                .map();
    }
}
