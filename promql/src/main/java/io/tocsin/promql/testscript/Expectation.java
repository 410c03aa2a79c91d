package io.tocsin.promql.testscript;

import com.google.re2j.Pattern;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a script says about the answer to one query. Filled while the script is read, not changed later. */
final class Expectation {

    /** Kinds of {@code expect} lines that may carry a message. */
    enum Kind {
        FAIL,
        WARN,
        INFO,
        NO_WARN,
        NO_INFO,
        ORDERED
    }

    /** A message to be met, either word for word or by a regular expression; both null if any message will do. */
    record Message(@Nullable String exact, @Nullable Pattern pattern) {
        static final Message ANY = new Message(null, null);

        boolean matches(String actual) {
            if (exact != null) {
                return exact.equals(actual);
            }
            return pattern == null || pattern.matcher(actual).find();
        }

        @Override
        public String toString() {
            if (exact != null) {
                return GoQuote.quote(exact);
            }
            return pattern == null ? "anything" : "a match of " + GoQuote.quote(pattern.pattern());
        }
    }

    /** The expected values of one series and its position among the series lines, counted from 1. */
    record Series(int position, List<Point> points) {}

    final Map<Kind, List<Message>> messages = new EnumMap<>(Kind.class);
    final Map<Labels, Series> series = new LinkedHashMap<>();
    OptionalDouble scalar = OptionalDouble.empty();
    @Nullable String string;
    Command.Times.@Nullable Range rangeVector;
    /** Set by the old form {@code eval_warn} and {@code eval_info}: one annotation at least, others do not matter. */
    boolean someWarning;

    boolean someInfo;

    void add(Kind kind, Message message) {
        messages.computeIfAbsent(kind, k -> new ArrayList<>()).add(message);
    }

    boolean has(Kind kind) {
        return messages.containsKey(kind);
    }

    List<Message> of(Kind kind) {
        return messages.getOrDefault(kind, List.of());
    }
}
