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
import io.tocsin.notifier.route.receiver.DiscordOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Discord's webhooks: one message with one embed. */
public final class Discord implements HttpTelling<DiscordOptions> {

    private static final int CONTENT = 2000;
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 4096;
    private static final int USERNAME = 80;
    private static final int RED = 0xBA2525;
    private static final int GREEN = 0x207227;

    @Override
    public Dialogue tell(Notice notice, DiscordOptions options, Texts texts) {
        Fields message = new Fields()
                .put("content", Cut.toUnits(texts.prose(options.content()), CONTENT))
                .put(
                        "embeds",
                        List.of(new Fields()
                                .put("title", Cut.toUnits(texts.prose(options.title()), TITLE))
                                .put("description", Cut.toUnits(texts.prose(options.message()), DESCRIPTION))
                                .put("color", notice.resolved() ? GREEN : RED)
                                .map()))
                .text("username", Cut.toUnits(options.username(), USERNAME))
                .text("avatar_url", options.avatarUrl());
        return Dialogue.ask(HttpCall.post(texts.secretUrl(options.webhookUrl()), message.map()), Discord::outcome);
    }

    /** The body says more exactly than the header how long to wait. */
    private static Outcome outcome(HttpReply reply) {
        double seconds = reply.json().path("retry_after").asDouble(0);
        boolean wait = reply.status() == 429 && seconds > 0 && seconds < 86_400;
        return wait
                ? new Outcome.Failed(reply.words(), Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000))))
                : reply.outcome();
    }
}
