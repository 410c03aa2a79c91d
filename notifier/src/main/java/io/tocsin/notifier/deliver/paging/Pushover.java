package io.tocsin.notifier.deliver.paging;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.PushoverOptions;
import io.tocsin.notifier.route.receiver.PushoverOptions.Format;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pushover's message API. An emergency that is told over and over is cancelled when it is over. */
public final class Pushover implements HttpTelling<PushoverOptions> {

    /** Where the service is. */
    public static final URI SERVICE = URI.create("https://api.pushover.net/1/");

    private static final int TITLE = 250;
    private static final int MESSAGE = 1024;
    private static final int URL = 512;
    private static final int URL_TITLE = 100;
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_EXPIRE = Duration.ofHours(3);
    private static final String RECEIPT = "receipt";

    private final URI service;

    public Pushover(URI service) {
        this.service = service;
    }

    @Override
    public Dialogue tell(Notice notice, PushoverOptions options, Texts texts) {
        String token = texts.secret(options.token());
        HttpCall message = HttpCall.form(HttpCall.under(service, "messages.json"), form(options, texts, token));
        String receipt = notice.memory().getOrDefault(RECEIPT, "");
        if (!notice.resolved() || receipt.isEmpty()) {
            return Dialogue.ask(message, Pushover::outcome);
        }
        HttpCall cancel = HttpCall.form(
                HttpCall.under(service, "receipts/" + HttpCall.segment(receipt) + "/cancel.json"),
                Map.of("token", token));
        return Dialogue.askThen(cancel, _ -> Dialogue.ask(message, Pushover::outcome));
    }

    private static Outcome outcome(HttpReply reply) {
        String receipt = reply.json().path(RECEIPT).asString("");
        return reply.outcome() instanceof Outcome.Accepted told && !receipt.isEmpty()
                ? new Outcome.Accepted(told.detail(), Map.of(RECEIPT, receipt))
                : reply.outcome();
    }

    private static Map<String, String> form(PushoverOptions options, Texts texts, String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("user", texts.secret(options.userKey()));
        String text = options.format() == Format.HTML ? texts.html(options.message()) : texts.prose(options.message());
        String message = Cut.toCharacters(text.strip(), MESSAGE);
        form.put("message", message.isEmpty() ? "(no details)" : message);
        put(form, "title", Cut.toCharacters(texts.prose(options.title()), TITLE));
        put(form, "url", Cut.toCharacters(texts.prose(options.url()), URL));
        put(form, "url_title", Cut.toCharacters(texts.prose(options.urlTitle()), URL_TITLE));
        put(form, "device", texts.prose(options.device()));
        put(form, "sound", texts.prose(options.sound()));
        switch (options.format()) {
            case HTML -> form.put("html", "1");
            case MONOSPACE -> form.put("monospace", "1");
            case PLAIN -> {}
        }
        priority(form, options, texts.prose(options.priority()).strip());
        if (options.ttl().isPositive()) {
            form.put("ttl", Long.toString(options.ttl().toSeconds()));
        }
        return form;
    }

    /** Only an emergency has a time after which, and until which, it is told again. */
    private static void priority(Map<String, String> form, PushoverOptions options, String priority) {
        form.put("priority", priority.matches("-[12]|[012]") ? priority : "0");
        if (priority.equals("2")) {
            Duration retry = options.retry().compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : options.retry();
            Duration expire = options.expire().compareTo(LONGEST_EXPIRE) > 0 ? LONGEST_EXPIRE : options.expire();
            form.put("retry", Long.toString(retry.toSeconds()));
            form.put("expire", Long.toString(expire.toSeconds()));
        }
    }

    private static void put(Map<String, String> form, String name, String value) {
        if (!value.isEmpty()) {
            form.put(name, value);
        }
    }
}
