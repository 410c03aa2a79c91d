package io.tocsin.notifier.deliver.say;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.route.receiver.Secret;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TemplateTree;
import io.tocsin.notifier.template.NoticeData;
import io.tocsin.notifier.template.NoticeTemplates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one notice for one receiver. Remembers the secrets that it hands out, so that no outcome shows them, and
 * the templates that failed: where a person is to read the text, a plain one takes its place, for an alert with a flaw
 * beats none.
 */
public final class Texts {

    private static final long MAX_SECRET_BYTES = 64 * 1024;
    /** Shorter ones are no secrets, and would blank out words of an outcome. */
    private static final int SHORTEST_SECRET = 4;

    private static final int SHORTEST_TOKEN = 12;

    private final NoticeTemplates templates;
    private final NoticeData data;
    private final Instant now;
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> flaws = new LinkedHashSet<>();

    public Texts(NoticeTemplates templates, Notice notice, Instant now) {
        this.templates = templates;
        this.data = notice.data();
        this.now = now;
    }

    /** The time of the try. */
    public Instant now() {
        return now;
    }

    /** A text for people. */
    public String prose(String template) {
        try {
            return templates.text(template, data, now);
        } catch (TemplateException e) {
            return instead(e);
        }
    }

    /** HTML for people. */
    public String html(String template) {
        try {
            return templates.html(template, data, now);
        } catch (TemplateException e) {
            return instead(e).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }

    /**
     * A text that something is found by: an address, a channel, a key.
     *
     * @throws Unsayable when the template fails
     */
    public String exact(String template) {
        try {
            return templates.text(template, data, now).strip();
        } catch (TemplateException e) {
            throw new Unsayable("the template fails: " + e.getMessage(), false, e);
        }
    }

    /** A secret, or a template of one where it stands in the configuration. */
    public String secret(Source source) {
        return remember(
                switch (source) {
                    case Source.Inline(Secret(var value)) -> exact(value);
                    case Source.File(var path) -> file(path);
                });
    }

    /**
     * A secret address.
     *
     * @throws Unsayable when it is none
     */
    public URI secretUrl(Source source) {
        URI url = url(secret(source));
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        remember(url.getRawPath() + query);
        // Services repeat the token that is one part of it.
        Stream.of((url.getRawPath() + "/" + query).split("[/&=]", -1))
                .filter(part -> part.length() >= SHORTEST_TOKEN)
                .forEach(this::remember);
        return url;
    }

    /** An address in a text. */
    public URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() == null || url.getScheme() == null) {
                throw new IllegalArgumentException("no host");
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new Unsayable("the address cannot be used", false, e);
        }
    }

    /** Makes sure that no outcome shows a text. */
    public String remember(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.add(secret);
        }
        return secret;
    }

    /** A structure with its texts rendered, as JSON libraries write it. */
    public @Nullable Object tree(TemplateTree tree) {
        return switch (tree) {
            case TemplateTree.Text(var template) -> prose(template);
            case TemplateTree.Numeral(var value) -> value;
            case TemplateTree.Flag(var value) -> value;
            case TemplateTree.Nothing() -> null;
            case TemplateTree.Items(var items) -> items(items);
            case TemplateTree.Fields(var fields) -> trees(fields);
        };
    }

    private List<@Nullable Object> items(List<TemplateTree> items) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(tree(item)));
        return list;
    }

    /** Structures by name; the names are templates too. */
    public Map<String, @Nullable Object> trees(Map<String, TemplateTree> fields) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((name, value) -> map.put(prose(name), tree(value)));
        return map;
    }

    /** Texts by name. */
    public Map<String, String> proses(Map<String, String> byName) {
        Map<String, String> map = new LinkedHashMap<>();
        byName.forEach((name, template) -> map.put(prose(name), prose(template)));
        return map;
    }

    /** The words without any secret, and with what was wrong with templates. */
    public String shown(String words) {
        String shown = words;
        for (String secret : secrets) {
            shown = shown.replace(secret, "<secret>");
        }
        return flaws.isEmpty() ? shown : shown + "; " + String.join("; ", flaws);
    }

    private String instead(TemplateException e) {
        flaws.add("a template fails: " + e.getMessage());
        List<String> names = data.alerts().stream()
                .map(alert -> alert.labels().getOrDefault("alertname", alert.fingerprint()))
                .distinct()
                .toList();
        return "[" + data.status() + "] " + String.join(", ", names) + " (a template of this text fails: "
                + e.getMessage() + ")";
    }

    private static String file(java.nio.file.Path path) {
        try {
            if (Files.size(path) > MAX_SECRET_BYTES) {
                throw new IOException("longer than " + MAX_SECRET_BYTES + " bytes");
            }
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new Unsayable("the secret in " + path + " cannot be read: " + e.getMessage(), true, e);
        }
    }
}
