package io.tocsin.console.page;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/**
 * The fields of a form.
 *
 * @param fields by name
 */
public record Form(Map<String, List<String>> fields) {

    private static final int MOST_FIELDS = 200;

    /** Reads the body of a form, {@code application/x-www-form-urlencoded}. */
    public static Form of(String body) {
        return new Form(
                new QueryStringDecoder(body, java.nio.charset.StandardCharsets.UTF_8, false, MOST_FIELDS).parameters());
    }

    /** The first value of a field; empty when there is none. */
    public String get(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
