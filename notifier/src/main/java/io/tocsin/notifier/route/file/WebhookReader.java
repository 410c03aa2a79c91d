package io.tocsin.notifier.route.file;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code webhook_configs}. */
final class WebhookReader {

    static final Set<String> KEYS =
            Keys.words("url url_file max_alerts timeout payload signing_secrets signing_secret_files");

    private WebhookReader() {}

    static WebhookOptions read(Way way) {
        return new WebhookOptions(
                way.sendResolved(true),
                way.http(),
                way.timeout(),
                way.required("url", url(way)),
                way.object().count("max_alerts"),
                way.object().value("payload").map(new Trees(way.reading())::read),
                signingSecrets(way));
    }

    /** An address, or a template of one. */
    private static Optional<Source> url(Way way) {
        Optional<String> template = way.object().filled("url").filter(text -> text.contains("{{"));
        if (template.isEmpty()) {
            return way.address("url");
        }
        try {
            TemplateSyntax.check("url", template.get());
        } catch (TemplateException.Parse e) {
            way.problem(way.object().valueAt("url"), "url is not a template: " + e.getMessage());
        }
        return way.source("url");
    }

    private static List<Source> signingSecrets(Way way) {
        List<Source> secrets = new ArrayList<>();
        way.object().strings("signing_secrets").forEach(text -> secrets.add(Source.inline(text)));
        way.object()
                .strings("signing_secret_files")
                .forEach(path -> secrets.add(way.sources().file(path)));
        return secrets;
    }
}
