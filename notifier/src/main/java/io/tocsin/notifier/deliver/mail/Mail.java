package io.tocsin.notifier.deliver.mail;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.EmailOptions;
import io.tocsin.notifier.route.receiver.EmailOptions.Threading;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A mail, rendered.
 *
 * @param from the sender's address
 * @param to addresses, comma-separated
 * @param headers by name, with Message-Id and, in a thread, References and In-Reply-To
 * @param text plain text; empty means no such part
 * @param html page; empty means no such part
 */
record Mail(String from, String to, Map<String, String> headers, String text, String html) {

    static final String MESSAGE_ID = "Message-Id";
    /** What the group's first mail is remembered by. */
    static final String ROOT = "thread_root";

    private static final int MAX_HEADER = 2_000;
    private static final String DEFAULT_TEXT = "{{ template \"email.default.text\" . }}";

    static Mail of(Notice notice, EmailOptions options, Texts texts) {
        String from = texts.exact(options.from());
        Map<String, String> headers = new LinkedHashMap<>();
        options.headers().forEach((name, template) -> headers.put(name, line(texts.prose(template))));
        headers.putIfAbsent(MESSAGE_ID, "<" + notice.id() + "@" + domain(from) + ">");
        thread(notice, options, texts).ifPresent(root -> {
            headers.put("References", root);
            headers.put("In-Reply-To", root);
        });
        headers.putIfAbsent("X-Tocsin-Status", notice.data().status().toUpperCase(Locale.ROOT));
        // Those whose program shows no HTML get a text too.
        String text = options.text().isEmpty() ? DEFAULT_TEXT : options.text();
        return new Mail(from, texts.exact(options.to()), headers, texts.prose(text), texts.html(options.html()));
    }

    /**
     * The mail that a thread hangs on: the group's first one, or, where threads were asked for, one that nobody got and
     * that stands for the group (and the day), which mail programs understand (RFC 5256, 2.2).
     */
    private static Optional<String> thread(Notice notice, EmailOptions options, Texts texts) {
        if (options.threading().isEmpty()) {
            return Optional.ofNullable(notice.memory().get(ROOT));
        }
        String day = options.threading().get() == Threading.DAILY
                ? "-" + LocalDate.ofInstant(texts.now(), ZoneOffset.UTC)
                : "";
        return Optional.of("<group-" + notice.groupHash().substring(0, 32) + day + "@tocsin>");
    }

    private static String domain(String from) {
        String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return domain.isEmpty() ? "tocsin" : domain;
    }

    /** A header is one line: what comes from an alert cannot begin another. */
    private static String line(String value) {
        String line = value.replaceAll("[\\r\\n\\p{Cntrl}]+", " ").strip();
        return line.length() <= MAX_HEADER ? line : line.substring(0, MAX_HEADER);
    }
}
