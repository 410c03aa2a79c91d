package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.EmailOptions.HostPort;
import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TlsOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The {@code global} section: what holds where a receiver does not say otherwise. */
final class Globals {

    private static final List<String> SECRETS = List.of(
            "smtp_auth_password",
            "smtp_auth_secret",
            "slack_app_token",
            "opsgenie_api_key",
            "wechat_api_secret",
            "victorops_api_key",
            "telegram_bot_token",
            "rocketchat_token",
            "rocketchat_token_id");
    private static final List<String> SECRET_ADDRESSES = List.of("slack_api_url", "mattermost_webhook_url");
    /** Addresses with their defaults; Jira is at no address that everybody shares. */
    private static final Map<String, String> ADDRESSES = Map.of(
            "pagerduty_url", "https://events.pagerduty.com/v2/enqueue",
            "opsgenie_api_url", "https://api.opsgenie.com/",
            "wechat_api_url", "https://qyapi.weixin.qq.com/cgi-bin/",
            "victorops_api_url", "https://alert.victorops.com/integrations/generic/20131114/alert/",
            "telegram_api_url", "https://api.telegram.org",
            "webex_api_url", "https://webexapis.com/v1/messages",
            "rocketchat_api_url", "https://open.rocket.chat/",
            "slack_app_url", "https://slack.com/api/chat.postMessage",
            "jira_api_url", "");

    private static final Set<String> KEYS = Keys.words("""
            resolve_timeout http_config jira_api_url smtp_from smtp_hello smtp_smarthost smtp_auth_username
            smtp_auth_password smtp_auth_password_file smtp_auth_secret smtp_auth_secret_file smtp_auth_identity
            smtp_require_tls smtp_tls_config smtp_force_implicit_tls slack_api_url slack_api_url_file slack_app_token
            slack_app_token_file slack_app_url pagerduty_url opsgenie_api_url opsgenie_api_key opsgenie_api_key_file
            wechat_api_url wechat_api_secret wechat_api_secret_file wechat_api_corp_id victorops_api_url
            victorops_api_key victorops_api_key_file telegram_api_url telegram_bot_token telegram_bot_token_file
            webex_api_url rocketchat_api_url rocketchat_token rocketchat_token_file rocketchat_token_id
            rocketchat_token_id_file mattermost_webhook_url mattermost_webhook_url_file""");

    private final Reading reading;
    private final YamlObject object;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, URI> addresses = new HashMap<>();
    private final HttpOptions http;
    private final TlsOptions smtpTls;
    private final Optional<HostPort> smarthost;
    private final Duration resolveTimeout;
    private final boolean smtpRequireTls;
    private final Optional<Boolean> smtpImplicitTls;

    Globals(Node node, Sources sources, HttpReader http) {
        this.reading = sources.reading();
        this.object = YamlObject.of(reading, node, "global", KEYS);
        SECRETS.forEach(key -> sources.read(object, key).ifPresent(source -> this.sources.put(key, source)));
        SECRET_ADDRESSES.forEach(
                key -> sources.address(object, key).ifPresent(source -> this.sources.put(key, source)));
        ADDRESSES.forEach((key, standard) -> address(key, standard).ifPresent(url -> addresses.put(key, url)));
        this.http = object.value("http_config").map(http::read).orElse(HttpOptions.DEFAULT);
        this.smtpTls = object.value("smtp_tls_config")
                .map(new TlsReader(sources)::read)
                .orElse(TlsOptions.DEFAULT);
        this.smarthost = hostPort(reading, object, "smtp_smarthost");
        this.resolveTimeout = object.duration("resolve_timeout").orElse(Duration.ofMinutes(5));
        this.smtpRequireTls = object.flag("smtp_require_tls", true);
        this.smtpImplicitTls = object.flag("smtp_force_implicit_tls");
        oneWayToSlack();
    }

    private Optional<URI> address(String key, String standard) {
        String text = object.given(key) ? object.text(key).orElse("") : standard;
        if (text.isEmpty() && !object.has(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Addresses.http(text));
        } catch (URISyntaxException e) {
            reading.invalid(object.valueAt(key), key + " is not an address: " + e.getReason());
            return Optional.empty();
        }
    }

    /** A token beside a webhook is a choice not made; a token beside its own address was once how it had to be written. */
    private void oneWayToSlack() {
        Optional<String> url =
                source("slack_api_url").map(given -> Sources.inlineValue(given).orElse(""));
        boolean same = url.equals(address("slack_app_url").map(URI::toString));
        if (source("slack_app_token").isPresent() && url.isPresent() && !same) {
            String file = object.has("slack_app_token") ? "slack_app_token" : "slack_app_token_file";
            reading.invalid(
                    object.at(file),
                    "at most one of slack_app_token, or its file, and slack_api_url, or its file, may be given");
        }
    }

    /** {@code host:port}; an IPv6 address stands in brackets. */
    static Optional<HostPort> hostPort(Reading reading, YamlObject object, String key) {
        Optional<ScalarNode> scalar = object.value(key).flatMap(object::scalar);
        if (scalar.isEmpty() || scalar.get().getValue().isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().getValue();
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || colon == text.length() - 1 || (!bracketed && host.contains(":"))) {
            reading.invalid(scalar.get(), "\"" + text + "\" is not a value of " + key + ", which is host:port");
            return Optional.empty();
        }
        return Optional.of(
                new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, text.substring(colon + 1)));
    }

    Duration resolveTimeout() {
        return resolveTimeout;
    }

    Optional<Source> source(String key) {
        return Optional.ofNullable(sources.get(key));
    }

    Optional<URI> address(String key) {
        return Optional.ofNullable(addresses.get(key));
    }

    String text(String key, String standard) {
        return object.text(key, standard);
    }

    HttpOptions http() {
        return http;
    }

    TlsOptions smtpTls() {
        return smtpTls;
    }

    Optional<HostPort> smarthost() {
        return smarthost;
    }

    boolean smtpRequireTls() {
        return smtpRequireTls;
    }

    Optional<Boolean> smtpImplicitTls() {
        return smtpImplicitTls;
    }
}
