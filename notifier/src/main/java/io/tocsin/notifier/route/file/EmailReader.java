package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.EmailOptions;
import io.tocsin.notifier.route.receiver.EmailOptions.Authentication;
import io.tocsin.notifier.route.receiver.EmailOptions.HostPort;
import io.tocsin.notifier.route.receiver.EmailOptions.Threading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code email_configs}. */
final class EmailReader {

    static final Set<String> KEYS = Keys.words("""
            to from hello smarthost auth_username auth_password auth_password_file auth_secret auth_secret_file
            auth_identity headers html text require_tls tls_config force_implicit_tls threading""");

    private EmailReader() {}

    static EmailOptions read(Way way) {
        if (way.object().has("http_config")) {
            way.problem(way.object().at("http_config"), "\"http_config\" is not a key of email_configs");
        }
        String to = way.required("to");
        String from = way.object().filled("from").orElse(way.globals().text("smtp_from", ""));
        if (from.isEmpty()) {
            way.problem(way.object().node(), "from must be given in email_configs, or smtp_from in global");
        }
        Map<String, String> headers = headers(way, to, from);
        return new EmailOptions(
                way.sendResolved(false),
                to,
                from,
                way.object().filled("hello").orElse(way.globals().text("smtp_hello", "localhost")),
                smarthost(way),
                authentication(way),
                headers,
                way.template("html", "email.default.html"),
                way.text("text"),
                way.object().flag("require_tls").orElse(way.globals().smtpRequireTls()),
                way.object().flag("force_implicit_tls").or(() -> way.globals().smtpImplicitTls()),
                way.object()
                        .value("tls_config")
                        .map(new TlsReader(way.sources())::read)
                        .orElse(way.globals().smtpTls()),
                threading(way));
    }

    private static HostPort smarthost(Way way) {
        Optional<HostPort> smarthost = Globals.hostPort(way.reading(), way.object(), "smarthost")
                .or(() -> way.globals().smarthost());
        if (smarthost.isEmpty() && way.object().filled("smarthost").isEmpty()) {
            way.problem(way.object().node(), "smarthost must be given in email_configs, or smtp_smarthost in global");
        }
        return smarthost.orElse(new HostPort("", ""));
    }

    private static Authentication authentication(Way way) {
        return new Authentication(
                way.object().filled("auth_username").orElse(way.globals().text("smtp_auth_username", "")),
                way.source("auth_password").or(() -> way.globals().source("smtp_auth_password")),
                way.source("auth_secret").or(() -> way.globals().source("smtp_auth_secret")),
                way.object().filled("auth_identity").orElse(way.globals().text("smtp_auth_identity", "")));
    }

    private static Map<String, String> headers(Way way, String to, String from) {
        Map<String, String> headers = new TreeMap<>();
        way.object().stringMap("headers").forEach((name, value) -> {
            if (headers.put(HeaderNames.canonical(name), value) != null) {
                way.problem(way.object().at("headers"), "the header \"" + name + "\" is given twice in email_configs");
            }
        });
        headers.putIfAbsent("Subject", "{{ template \"email.default.subject\" . }}");
        headers.putIfAbsent("To", to);
        headers.putIfAbsent("From", from);
        return headers;
    }

    private static Optional<Threading> threading(Way way) {
        Optional<YamlObject> threading = way.object()
                .value("threading")
                .map(node -> YamlObject.of(way.reading(), node, "threading", Set.of("enabled", "thread_by_date")));
        if (threading.isEmpty() || !threading.get().flag("enabled", false)) {
            return Optional.empty();
        }
        Set<String> own = way.object().stringMap("headers").keySet().stream()
                .map(HeaderNames::canonical)
                .collect(java.util.stream.Collectors.toSet());
        List.of("References", "In-Reply-To").stream()
                .filter(own::contains)
                .forEach(header -> way.problem(
                        way.object().at("headers"),
                        "the header \"" + header + "\" is set by threading, which is enabled"));
        return switch (threading.get().text("thread_by_date", "")) {
            case "none" -> Optional.of(Threading.NONE);
            case "daily" -> Optional.of(Threading.DAILY);
            default -> {
                way.problem(threading.get().valueAt("thread_by_date"), "thread_by_date must be none or daily");
                yield Optional.empty();
            }
        };
    }
}
