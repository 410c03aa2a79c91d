package io.tocsin.collector.probe;

import io.tocsin.collector.config.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What an HTTP request says. Headers and body may have placeholders. */
public record HttpCall(
        String method, SequencedMap<String, Secret> headers, Optional<Template> body, Credentials credentials) {

    public HttpCall {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
    }

    /** Who asks. */
    public sealed interface Credentials {
        /** Nobody in particular. */
        record None() implements Credentials {}

        /** RFC 7617. */
        record Basic(String username, Secret password) implements Credentials {}

        /** RFC 6750. */
        record Bearer(Secret token) implements Credentials {}
    }
}
