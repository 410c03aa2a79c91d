package io.tocsin.notifier.deliver;

import io.tocsin.notifier.deliver.command.CommandRun;
import io.tocsin.notifier.deliver.http.HttpCaller;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.mail.SmtpMailer;
import io.tocsin.notifier.deliver.queue.KafkaTopics;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.deliver.say.Unsayable;
import io.tocsin.notifier.route.receiver.CommandOptions;
import io.tocsin.notifier.route.receiver.EmailOptions;
import io.tocsin.notifier.route.receiver.KafkaOptions;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.route.receiver.ReceiverOptions.OverHttp;
import io.tocsin.notifier.template.NoticeTemplates;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Tells one notice by one way: renders its texts, holds the conversation, and lets no secret out. */
public final class Teller implements AutoCloseable {

    private final Supplier<NoticeTemplates> templates;
    private final Duration defaultLimit;
    private final HttpTellings tellings;
    private final HttpCaller caller = new HttpCaller();
    private final SmtpMailer mailer = new SmtpMailer();
    private final KafkaTopics topics = new KafkaTopics();

    /**
     * A teller.
     *
     * @param templates of the notices' texts
     * @param defaultLimit how long a try may take where the way does not say
     */
    public Teller(Supplier<NoticeTemplates> templates, Duration defaultLimit) {
        this(templates, defaultLimit, new HttpTellings());
    }

    Teller(Supplier<NoticeTemplates> templates, Duration defaultLimit, HttpTellings tellings) {
        this.templates = templates;
        this.defaultLimit = defaultLimit;
        this.tellings = tellings;
    }

    /** How long one try takes at most. */
    public Duration limit(ReceiverOptions way) {
        return way.timeout().orElse(defaultLimit);
    }

    /**
     * One try.
     *
     * @param now the time that requests are signed with
     */
    public Outcome tell(ReceiverOptions way, Notice notice, Instant now) throws InterruptedException {
        Texts texts = new Texts(templates.get(), notice, now);
        Outcome outcome = attempt(way, notice, texts);
        return outcome.withDetail(texts.shown(outcome.detail()));
    }

    private Outcome attempt(ReceiverOptions way, Notice notice, Texts texts) throws InterruptedException {
        try {
            return switch (way) {
                case OverHttp http -> overHttp(http, notice, texts);
                case EmailOptions email -> mailer.tell(notice, email, texts, limit(email));
                case KafkaOptions kafka -> topics.tell(notice, kafka, texts, limit(kafka));
                case CommandOptions command -> CommandRun.tell(notice, command, texts, limit(command));
            };
        } catch (Unsayable e) {
            String words = String.valueOf(e.getMessage());
            return e.isPassing() ? new Outcome.Failed(words) : new Outcome.Refused(words);
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("the receiver's options cannot be used: " + e.getMessage());
        }
    }

    private <O extends OverHttp> Outcome overHttp(O way, Notice notice, Texts texts) throws InterruptedException {
        HttpTelling<O> telling = tellings.of(way);
        return caller.hold(telling.tell(notice, way, texts), way.http(), limit(way), texts);
    }

    @Override
    public void close() {
        caller.close();
        mailer.close();
        topics.close();
    }
}
