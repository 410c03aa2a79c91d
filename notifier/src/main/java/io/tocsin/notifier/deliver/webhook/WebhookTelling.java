package io.tocsin.notifier.deliver.webhook;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import io.tocsin.notifier.store.Json;
import io.tocsin.runtime.webhook.StandardWebhook;

/** A webhook: Alertmanager's format or a payload of the user's own, signed as Standard Webhooks says. */
public final class WebhookTelling implements HttpTelling<WebhookOptions> {

    @Override
    public Dialogue tell(Notice notice, WebhookOptions options, Texts texts) {
        String body = options.payload()
                .map(payload -> Json.write(java.util.Objects.requireNonNullElse(texts.tree(payload), "")))
                .orElse(notice.document());
        HttpCall call = HttpCall.json("POST", texts.secretUrl(options.url()), body)
                .with("webhook-id", notice.id())
                .with("webhook-timestamp", Long.toString(texts.now().getEpochSecond()));
        return Dialogue.ask(options.signingSecrets().isEmpty() ? call : signed(call, notice, options, texts));
    }

    private static HttpCall signed(HttpCall call, Notice notice, WebhookOptions options, Texts texts) {
        return call.with(
                "webhook-signature",
                StandardWebhook.signature(
                        options.signingSecrets().stream().map(texts::secret).toList(),
                        notice.id(),
                        texts.now(),
                        call.body()));
    }
}
