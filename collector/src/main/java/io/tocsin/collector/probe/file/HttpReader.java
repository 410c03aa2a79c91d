package io.tocsin.collector.probe.file;

import com.google.re2j.Pattern;
import io.tocsin.collector.config.Fields;
import io.tocsin.collector.config.Template;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.HttpCall;
import io.tocsin.collector.probe.HttpCall.Credentials;
import io.tocsin.collector.probe.HttpExpectation;
import io.tocsin.collector.probe.HttpExpectation.StatusRange;
import io.tocsin.collector.probe.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads requests over HTTP and what is expected of their answers. */
final class HttpReader {

    private static final int DEFAULT_REDIRECTS = 5;
    private static final int MOST_REDIRECTS = 20;
    private static final HttpExpectation SUCCESS = new HttpExpectation(
            List.of(StatusRange.SUCCESS), List.of(), List.of(), Map.of(), Optional.empty(), Duration.ZERO);

    private final Values values;

    HttpReader(Values values) {
        this.values = values;
    }

    Check http(Fields fields) {
        Check check = new Check.Http(call(fields), expectation(fields), redirects(fields), Values.tls(fields));
        fields.close();
        return check;
    }

    static int redirects(Fields fields) {
        int redirects = fields.integer("redirects").orElse(DEFAULT_REDIRECTS);
        if (redirects > MOST_REDIRECTS) {
            fields.error("redirects", "expected at most " + MOST_REDIRECTS);
        }
        return redirects;
    }

    HttpCall call(Fields fields) {
        Optional<Template> body = fields.text("body").map(Template::new);
        String method = fields.one("method", HttpReader::method).orElse(body.isPresent() ? "POST" : "GET");
        SequencedMap<String, Secret> headers = new LinkedHashMap<>();
        fields.fields("headers", "headers")
                .ifPresent(own -> own.names()
                        .forEach(name -> own.one(name, values::secret).ifPresent(value -> headers.put(name, value))));
        return new HttpCall(method, headers, body, credentials(fields));
    }

    private static String method(String text) {
        String method = text.toUpperCase(Locale.ROOT);
        if (!List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS").contains(method)) {
            throw new IllegalArgumentException("not a method of HTTP: \"" + text + "\"");
        }
        return method;
    }

    private Credentials credentials(Fields parent) {
        Optional<Fields> auth = parent.fields("auth", "credentials");
        if (auth.isEmpty()) {
            return new Credentials.None();
        }
        Fields fields = auth.get();
        Optional<String> username = fields.text("username");
        Optional<Secret> password = values.secret(fields, "password");
        Optional<Secret> token = values.secret(fields, "token");
        fields.close();
        if (token.isPresent() && username.isEmpty() && password.isEmpty()) {
            return new Credentials.Bearer(token.get());
        }
        if (token.isEmpty() && username.isPresent() && password.isPresent()) {
            return new Credentials.Basic(username.get(), password.get());
        }
        parent.error("auth", "expected username with password (or password_file), or token (or token_file)");
        return new Credentials.None();
    }

    static HttpExpectation expectation(Fields parent) {
        return parent.fields("expect", "what is expected of the answer")
                .map(HttpReader::expected)
                .orElse(SUCCESS);
    }

    private static HttpExpectation expected(Fields fields) {
        List<StatusRange> status = fields.all("status", StatusRange::parse);
        Map<String, Pattern> headers = new LinkedHashMap<>();
        Values.patterns(fields, "headers")
                .forEach((name, pattern) -> headers.put(name.toLowerCase(Locale.ROOT), pattern));
        HttpExpectation expectation = new HttpExpectation(
                status.isEmpty() ? SUCCESS.status() : status,
                fields.all("body", Values::pattern),
                fields.all("not_body", Values::pattern),
                headers,
                fields.choice("tls", Map.of("required", true, "forbidden", false)),
                Values.validFor(fields));
        fields.close();
        return expectation;
    }
}
