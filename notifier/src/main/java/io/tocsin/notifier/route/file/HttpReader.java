package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TlsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code http_config}. */
final class HttpReader {

    private static final Set<String> KEYS = Keys.words("""
            basic_auth authorization oauth2 bearer_token bearer_token_file tls_config follow_redirects enable_http2
            http_headers""", ProxyReader.KEYS);
    private static final Set<String> BASIC_AUTH =
            Keys.words("username username_file username_ref password password_file password_ref");
    private static final Set<String> AUTHORIZATION = Keys.words("type credentials credentials_file credentials_ref");
    private static final Set<String> HEADER = Keys.words("values secrets files");
    /** Headers that requests have anyway. */
    private static final Set<String> RESERVED = Keys.words("""
            authorization host content-encoding content-length content-type user-agent connection keep-alive
            proxy-authenticate proxy-authorization www-authenticate accept-encoding x-prometheus-remote-write-version
            x-prometheus-remote-read-version x-prometheus-scrape-timeout-seconds x-amz-date x-amz-security-token
            x-amz-content-sha256""");

    private final Reading reading;
    private final Sources sources;

    HttpReader(Sources sources) {
        this.reading = sources.reading();
        this.sources = sources;
    }

    HttpOptions read(Node node) {
        YamlObject http = YamlObject.of(reading, node, "http_config", KEYS);
        return new HttpOptions(
                authentication(http),
                http.flag("follow_redirects", true),
                http.flag("enable_http2", true),
                http.value("tls_config").map(new TlsReader(sources)::read).orElse(TlsOptions.DEFAULT),
                new ProxyReader(reading).read(http),
                headers(http));
    }

    private Optional<Authentication> authentication(YamlObject http) {
        List<Authentication> ways = new ArrayList<>();
        http.value("basic_auth").map(this::basic).ifPresent(ways::add);
        http.value("authorization").map(this::scheme).ifPresent(ways::add);
        http.value("oauth2").map(new OAuth2Reader(sources)::read).ifPresent(ways::add);
        sources.read(http, "bearer_token")
                .map(token -> new Authentication.Scheme("Bearer", token))
                .ifPresent(ways::add);
        if (ways.size() > 1) {
            reading.invalid(
                    http.node(),
                    "at most one of basic_auth, authorization, oauth2 and bearer_token may be given in http_config");
        }
        return ways.stream().findFirst();
    }

    private Authentication basic(Node node) {
        YamlObject basic = YamlObject.of(reading, node, "basic_auth", BASIC_AUTH);
        sources.noReference(basic, "username_ref");
        sources.noReference(basic, "password_ref");
        return new Authentication.Basic(
                orEmpty(sources.read(basic, "username")), orEmpty(sources.read(basic, "password")));
    }

    private Authentication scheme(Node node) {
        YamlObject scheme = YamlObject.of(reading, node, "authorization", AUTHORIZATION);
        sources.noReference(scheme, "credentials_ref");
        String type = scheme.text("type")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse("Bearer");
        if (type.equalsIgnoreCase("basic")) {
            reading.invalid(scheme.at("type"), "type \"" + type + "\" is written as basic_auth");
        }
        return new Authentication.Scheme(type, orEmpty(sources.read(scheme, "credentials")));
    }

    private static Source orEmpty(Optional<Source> source) {
        return source.orElseGet(() -> Source.inline(""));
    }

    private Map<String, List<Source>> headers(YamlObject http) {
        Map<String, List<Source>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        http.value("http_headers")
                .map(node -> YamlObject.anyKeys(reading, node, "http_headers"))
                .ifPresent(given -> given.forEach((name, value) -> {
                    if (RESERVED.contains(HeaderNames.canonical(name).toLowerCase(java.util.Locale.ROOT))) {
                        reading.invalid(given.at(name), "the header \"" + name + "\" cannot be set in http_headers");
                    }
                    headers.put(HeaderNames.canonical(name), header(value));
                }));
        return headers;
    }

    private List<Source> header(Node node) {
        YamlObject header = YamlObject.of(reading, node, "a header", HEADER);
        List<Source> values = new ArrayList<>();
        header.strings("values").forEach(value -> values.add(Source.inline(value)));
        header.strings("secrets").forEach(value -> values.add(Source.inline(value)));
        header.strings("files").forEach(path -> values.add(sources.file(path)));
        return values;
    }
}
