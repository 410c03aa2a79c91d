package io.tocsin.collector.probe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where in an answer a value stands that a later step needs. */
public sealed interface Extraction {

    /** The value, when it is there. */
    Optional<String> from(Seen.Http answer);

    /** A scalar of a JSON body, by RFC 6901. */
    record Json(JsonPointer pointer) implements Extraction {
        @Override
        public Optional<String> from(Seen.Http answer) {
            try {
                JsonNode found = JsonMapper.shared().readTree(answer.body()).at(pointer);
                return found.isValueNode() && !found.isNull() ? Optional.of(found.asString()) : Optional.empty();
            } catch (JacksonException e) {
                return Optional.empty(); // What is no JSON has no value in it; the step fails for that.
            }
        }
    }

    /** The first group of the first match in the body; the whole match where there is no group. */
    record Regex(Pattern pattern) implements Extraction {
        @Override
        public Optional<String> from(Seen.Http answer) {
            return match(pattern, answer.body());
        }
    }

    /** As {@link Regex}, in the values of a header. */
    record Header(String name, Pattern pattern) implements Extraction {
        @Override
        public Optional<String> from(Seen.Http answer) {
            return answer.headers().getOrDefault(name, List.of()).stream()
                    .flatMap(value -> match(pattern, value).stream())
                    .findFirst();
        }
    }

    private static Optional<String> match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0)) : Optional.empty();
    }
}
