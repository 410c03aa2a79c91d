package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.route.receiver.Secret;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads receivers. A kind that is not built yet is a problem, never a receiver that stays silent. */
final class ReceiverReader {

    private final Reading reading;
    private final HttpReader http;
    private final HttpOptions defaultHttp;

    ReceiverReader(Reading reading, HttpReader http, HttpOptions defaultHttp) {
        this.reading = reading;
        this.http = http;
        this.defaultHttp = defaultHttp;
    }

    List<Receiver> all(List<Node> nodes) {
        Map<String, Receiver> byName = new LinkedHashMap<>();
        for (Node node : nodes) {
            YamlObject object = YamlObject.of(reading, node, "a receiver", Keys.RECEIVER);
            Optional<String> name = object.text("name").filter(text -> !text.isEmpty());
            if (name.isEmpty()) {
                reading.invalid(node, "a receiver must have a name");
            } else if (byName.containsKey(name.get())) {
                reading.invalid(object.value("name").orElse(node), "receiver \"" + name.get() + "\" is defined twice");
            }
            byName.putIfAbsent(name.orElse(""), receiver(object, name.orElse("")));
        }
        return List.copyOf(byName.values());
    }

    private Receiver receiver(YamlObject object, String name) {
        Keys.OTHER_RECEIVERS.stream()
                .filter(object::has)
                .sorted(Comparator.naturalOrder())
                .forEach(kind -> reading.notSupported(
                        object.at(kind), kind + " are not yet supported; receiver \"" + name + "\" would stay silent"));
        List<ReceiverOptions> webhooks = new ArrayList<>();
        object.list("webhook_configs").forEach(node -> webhook(node).ifPresent(webhooks::add));
        return new Receiver(name, new TreeMap<>(labels(object, name)), webhooks);
    }

    private Map<String, String> labels(YamlObject object, String name) {
        Map<String, String> labels = new TreeMap<>();
        object.value("labels")
                .map(node -> YamlObject.anyKeys(reading, node, "labels"))
                .ifPresent(given ->
                        given.forEach((label, value) -> given.scalar(value).ifPresent(text -> {
                            labels.put(label, text.getValue());
                            if (label.equals("name") && !text.getValue().equals(name)) {
                                reading.invalid(
                                        text,
                                        "the label \"name\" must be the receiver's name \"" + name + "\", found \""
                                                + text.getValue() + "\"");
                            }
                        })));
        labels.put("name", name);
        return labels;
    }

    private Optional<WebhookOptions> webhook(Node node) {
        YamlObject object = YamlObject.of(reading, node, "webhook_configs", Keys.WEBHOOK);
        if (object.has("payload")) {
            reading.notSupported(object.at("payload"), "payload templates are not yet supported");
        }
        Optional<Source> url = http.source(object, "url", "url_file");
        if (url.isEmpty()) {
            reading.invalid(node, "one of url and url_file must be given in webhook_configs");
            return Optional.empty();
        }
        checkUrl(object);
        return Optional.of(new WebhookOptions(
                object.flag("send_resolved").orElse(true),
                object.value("http_config").map(http::read).orElse(defaultHttp),
                object.duration("timeout").filter(timeout -> !timeout.isZero()),
                url.get(),
                object.count("max_alerts").orElse(0),
                Optional.empty(),
                signingSecrets(object)));
    }

    private void checkUrl(YamlObject object) {
        Optional<String> text = object.text("url");
        if (text.isEmpty()) {
            return;
        }
        Node at = object.value("url").orElse(object.node());
        if (text.get().contains("{{")) {
            reading.notSupported(at, "templates in url are not yet supported");
            return;
        }
        try {
            URI uri = new URI(text.get());
            if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) || uri.getHost() == null) {
                reading.invalid(at, "url must be an http or https address with a host");
            }
        } catch (URISyntaxException e) {
            // The address may be a secret: the message says what is wrong, not what was found.
            reading.invalid(at, "url is not an address: " + e.getReason());
        }
    }

    private List<Source> signingSecrets(YamlObject object) {
        List<Source> secrets = new ArrayList<>();
        object.texts("signing_secrets").forEach(text -> secrets.add(new Source.Inline(new Secret(text.getValue()))));
        object.texts("signing_secret_files").forEach(text -> secrets.add(http.file(text.getValue())));
        return secrets;
    }
}
