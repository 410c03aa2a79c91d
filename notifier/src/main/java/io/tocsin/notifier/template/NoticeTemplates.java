package io.tocsin.notifier.template;

import io.tocsin.gotemplate.Limits;
import io.tocsin.gotemplate.MissingKey;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.gotemplate.Templates;
import io.tocsin.notifier.route.TemplateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The templates of notices: the defaults, which have Alertmanager's names, and those of the user's files, which replace
 * defaults of the same name. Immutable.
 */
public final class NoticeTemplates {

    /** The longest text that a template may make: more than any receiver takes. */
    public static final int MAX_BYTES = 1 << 20;

    /** How long one text may take. */
    public static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final String DEFAULTS = "default.tmpl";
    /** The name of a text that is rendered by itself; no {@code define} can have it. */
    private static final String TEXT = "";

    private static final Templates EMPTY =
            Templates.with(TemplateFunctions.at(Instant.EPOCH)).missingKey(MissingKey.ZERO);

    private final Templates templates;

    private NoticeTemplates(Templates templates) {
        this.templates = templates;
    }

    /** The defaults alone. */
    public static NoticeTemplates defaults() {
        try (InputStream file = NoticeTemplates.class.getResourceAsStream(DEFAULTS)) {
            if (file == null) {
                throw new IllegalStateException("the default templates are not packaged");
            }
            return new NoticeTemplates(EMPTY.parse(DEFAULTS, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException.Parse e) {
            throw new IllegalStateException("the default templates are broken", e);
        }
    }

    /**
     * The defaults and those of files, in their order.
     *
     * @throws TemplateException.Parse when one of them is no template
     */
    public static NoticeTemplates of(List<TemplateFile> files) throws TemplateException.Parse {
        NoticeTemplates templates = defaults();
        for (TemplateFile file : files) {
            templates = templates.with(String.valueOf(file.path().getFileName()), file.text());
        }
        return templates;
    }

    /**
     * Fails when a text is no template.
     *
     * @param name for errors
     */
    public static void check(String name, String text) throws TemplateException.Parse {
        EMPTY.parse(name, text);
    }

    /**
     * These and those of a file.
     *
     * @param name for errors
     * @throws TemplateException.Parse with Go's message and the line
     */
    public NoticeTemplates with(String name, String text) throws TemplateException.Parse {
        return new NoticeTemplates(templates.parse(name, text));
    }

    /** Names of all templates, sorted. */
    public Set<String> names() {
        return templates.names();
    }

    /**
     * A text of a notice.
     *
     * @param text the template
     * @param now what the templates take for the present
     */
    public String text(String text, NoticeData data, Instant now) throws TemplateException {
        return isPlain(text) ? text : at(text, now).execute(TEXT, TemplateTypes.of(data), limits());
    }

    /** The same for HTML: what the notice's data says cannot change the page. */
    public String html(String text, NoticeData data, Instant now) throws TemplateException {
        return isPlain(text) ? text : at(text, now).executeHtml(TEXT, TemplateTypes.of(data), limits());
    }

    private static boolean isPlain(String text) {
        return !text.contains("{{");
    }

    private Templates at(String text, Instant now) throws TemplateException.Parse {
        return templates.functions(TemplateFunctions.at(now)).parse(TEXT, text);
    }

    private static Limits limits() {
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        return Limits.DEFAULT.withMaxOutputBytes(MAX_BYTES).withExpiry(() -> System.nanoTime() - deadline > 0);
    }
}
