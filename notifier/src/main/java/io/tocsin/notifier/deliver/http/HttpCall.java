package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.store.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One HTTP request.
 *
 * @param method in capitals
 * @param uri where to; it may hold a secret
 * @param headers by name
 * @param body empty means none
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, String body) {

    public HttpCall {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A POST with a JSON body. */
    public static HttpCall post(URI uri, Object body) {
        return json("POST", uri, Json.write(body));
    }

    /** A request with this JSON text as its body. */
    public static HttpCall json(String method, URI uri, String body) {
        return new HttpCall(method, uri, Map.of("Content-Type", "application/json"), body);
    }

    /** A POST with a form as its body. */
    public static HttpCall form(URI uri, Map<String, String> fields) {
        return new HttpCall("POST", uri, Map.of("Content-Type", "application/x-www-form-urlencoded"), encode(fields));
    }

    /** A GET. */
    public static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of(), "");
    }

    /** The same with one more header. */
    public HttpCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, body);
    }

    /** An address with these parameters behind its own. */
    public static URI withQuery(URI uri, Map<String, String> parameters) {
        String text = uri.toString();
        return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + encode(parameters));
    }

    /** An address with a path under its own. */
    public static URI under(URI base, String path) {
        String text = base.toString();
        return URI.create(text.endsWith("/") ? text + path : text + "/" + path);
    }

    /** Text as a part of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> segment(field.getKey()) + "=" + segment(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Without address and headers, which may hold secrets. */
    @Override
    public String toString() {
        return method + " to " + uri.getHost();
    }
}
