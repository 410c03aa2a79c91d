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
import io.tocsin.notifier.route.receiver.TelegramOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Telegram's Bot API. A group's later notices answer its first message. */
public final class Telegram implements HttpTelling<TelegramOptions> {

    private static final int TEXT = 4096;
    private static final String MESSAGE = "message_id";

    @Override
    public Dialogue tell(Notice notice, TelegramOptions options, Texts texts) {
        boolean html = options.parseMode().equals("HTML");
        String text = html ? texts.html(options.message()) : texts.prose(options.message());
        boolean cut = text.strip().length() > TEXT;
        // Cut markup may be broken, and is refused then.
        return cut || options.parseMode().isEmpty()
                ? plain(notice, options, texts)
                : new Dialogue.Ask(
                        send(notice, options, texts, text.strip(), options.parseMode()),
                        reply -> isMarkupRefused(reply)
                                ? plain(notice, options, texts)
                                : new Dialogue.End(outcome(reply, notice)));
    }

    private static Dialogue plain(Notice notice, TelegramOptions options, Texts texts) {
        String text = Cut.toUnits(texts.prose(options.message()).strip(), TEXT);
        return Dialogue.ask(send(notice, options, texts, text, ""), reply -> outcome(reply, notice));
    }

    private static HttpCall send(Notice notice, TelegramOptions options, Texts texts, String text, String parseMode) {
        String token = texts.secret(options.botToken());
        URI uri = HttpCall.under(options.apiUrl(), "bot" + token + "/sendMessage");
        Fields message = new Fields()
                .put("chat_id", chat(texts.secret(options.chatId())))
                .put("text", text.isEmpty() ? "(no text)" : text)
                .text("parse_mode", parseMode)
                .flag("disable_notification", options.disableNotifications())
                .put("link_preview_options", Map.of("is_disabled", true));
        if (options.messageThreadId() != 0) {
            message.put("message_thread_id", options.messageThreadId());
        }
        answering(notice).ifPresent(parameters -> message.put("reply_parameters", parameters));
        return HttpCall.post(uri, message.map());
    }

    private static Object chat(String id) {
        if (!id.matches("-?\\d{1,18}|@\\w+")) {
            throw new IllegalArgumentException("the chat's id is neither a number nor a name");
        }
        return id.startsWith("@") ? id : (Object) Long.parseLong(id);
    }

    private static Optional<Map<String, @Nullable Object>> answering(Notice notice) {
        return Optional.ofNullable(notice.memory().get(MESSAGE))
                .map(id -> new Fields()
                        .put(MESSAGE, Long.parseLong(id))
                        .put("allow_sending_without_reply", true)
                        .map());
    }

    private static boolean isMarkupRefused(HttpReply reply) {
        return reply.status() == 400
                && reply.json().path("description").asString("").contains("can't parse entities");
    }

    private static Outcome outcome(HttpReply reply, Notice notice) {
        JsonNode answer = reply.json();
        if (reply.isSuccess() && answer.path("ok").asBoolean(false)) {
            String id = answer.at("/result/message_id").asString("");
            String first = notice.memory().getOrDefault(MESSAGE, id);
            return new Outcome.Accepted("HTTP " + reply.status(), first.isEmpty() ? Map.of() : Map.of(MESSAGE, first));
        }
        long wait = answer.at("/parameters/retry_after").asLong(0);
        if (wait > 0) {
            return new Outcome.Failed(reply.words(), Optional.of(Duration.ofSeconds(Math.min(wait, 86_400))));
        }
        return reply.isSuccess() ? reply.never() : reply.outcome();
    }
}
