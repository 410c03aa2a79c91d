package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.HttpOptions.Proxy;
import io.tocsin.notifier.route.receiver.Secret;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TlsOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code http_config}. */
final class HttpReader {

    private final Reading reading;
    private final Path directory;

    HttpReader(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
    }

    HttpOptions read(Node node) {
        YamlObject http = YamlObject.of(reading, node, "http_config", Keys.HTTP);
        Keys.HTTP_NOT_SUPPORTED.stream()
                .filter(http::has)
                .forEach(key -> reading.notSupported(http.at(key), key + " is not yet supported"));
        List<Authentication> ways = new ArrayList<>();
        http.value("basic_auth").flatMap(this::basic).ifPresent(ways::add);
        http.value("authorization").flatMap(this::scheme).ifPresent(ways::add);
        source(http, "bearer_token", "bearer_token_file")
                .map(token -> new Authentication.Scheme("Bearer", token))
                .ifPresent(ways::add);
        if (ways.size() > 1) {
            reading.invalid(
                    node, "at most one of basic_auth, authorization and bearer_token may be given in http_config");
        }
        return new HttpOptions(
                ways.stream().findFirst(),
                http.flag("follow_redirects").orElse(true),
                http.flag("enable_http2").orElse(true),
                TlsOptions.DEFAULT,
                new Proxy.None(),
                Map.of());
    }

    private Optional<Authentication> basic(Node node) {
        YamlObject basic = YamlObject.of(reading, node, "basic_auth", Keys.BASIC_AUTH);
        if (basic.has("username_file")) {
            reading.notSupported(basic.at("username_file"), "username_file is not yet supported");
        }
        Source password = source(basic, "password", "password_file").orElse(new Source.Inline(new Secret("")));
        return Optional.of(
                new Authentication.Basic(Source.inline(basic.text("username").orElse("")), password));
    }

    private Optional<Authentication> scheme(Node node) {
        YamlObject scheme = YamlObject.of(reading, node, "authorization", Keys.AUTHORIZATION);
        String type = scheme.text("type").orElse("Bearer");
        if (type.equalsIgnoreCase("basic")) {
            reading.invalid(scheme.at("type"), "type \"Basic\" is written as basic_auth");
        }
        return source(scheme, "credentials", "credentials_file")
                .map(credentials -> new Authentication.Scheme(type, credentials));
    }

    /** A value given inline or by file; both is a problem. */
    Optional<Source> source(YamlObject object, String inline, String file) {
        if (object.has(inline) && object.has(file)) {
            reading.invalid(object.at(file), "at most one of " + inline + " and " + file + " may be given");
        }
        Optional<Source> value = object.text(inline).map(text -> new Source.Inline(new Secret(text)));
        return value.or(() -> object.text(file).map(this::file));
    }

    /** Paths are relative to the file that names them. */
    Source file(String path) {
        return new Source.File(directory.resolve(path));
    }
}
