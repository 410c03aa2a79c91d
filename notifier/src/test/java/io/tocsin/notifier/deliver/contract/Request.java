package io.tocsin.notifier.deliver.contract;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a fake service was asked; header names in small letters. */
record Request(String method, URI uri, Map<String, String> headers, String body) {

    String path() {
        return uri.getPath();
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    Map<String, String> form() {
        return decoded(body);
    }

    Map<String, String> query() {
        return uri.getRawQuery() == null ? Map.of() : decoded(uri.getRawQuery());
    }

    private static Map<String, String> decoded(String text) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : text.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
