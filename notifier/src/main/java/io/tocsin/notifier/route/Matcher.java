package io.tocsin.notifier.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One condition on one label. A label that is missing counts as empty. Regular expressions are RE2 and anchored. */
public final class Matcher {

    /** Name, then value, then operator: the order in which a route writes its matchers. */
    public static final Comparator<Matcher> ORDER =
            Comparator.comparing(Matcher::name).thenComparing(Matcher::value).thenComparing(Matcher::operator);

    /** How a matcher compares. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCHES("=~"),
        NOT_MATCHES("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As written in a configuration. */
        public String sign() {
            return sign;
        }

        /** The operator of Alertmanager's API, where it is two flags. */
        public static Operator of(boolean equal, boolean regex) {
            if (regex) {
                return equal ? MATCHES : NOT_MATCHES;
            }
            return equal ? EQUAL : NOT_EQUAL;
        }

        boolean regex() {
            return this == MATCHES || this == NOT_MATCHES;
        }

        boolean negative() {
            return this == NOT_EQUAL || this == NOT_MATCHES;
        }
    }

    private final String name;
    private final Operator operator;
    private final String value;
    private final @Nullable Pattern pattern;

    /**
     * A matcher.
     *
     * @throws IllegalArgumentException when the name is empty or the value is not a regular expression where one is due
     */
    public Matcher(String name, Operator operator, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a matcher needs a label name");
        }
        this.name = name;
        this.operator = operator;
        this.value = value;
        this.pattern = operator.regex() ? compile(value) : null;
    }

    private static Pattern compile(String value) {
        try {
            return Pattern.compile("^(?:" + value + ")$", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + value + " (" + e.getDescription() + ")", e);
        }
    }

    /** Whether the condition holds for these labels. */
    public boolean matches(Map<String, String> labels) {
        String actual = labels.getOrDefault(name, "");
        boolean same =
                pattern == null ? value.equals(actual) : pattern.matcher(actual).matches();
        return same != operator.negative();
    }

    /** Whether all conditions hold; true for none. */
    public static boolean all(Collection<Matcher> matchers, Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    /** {@code {a="b",c=~"d"}}. */
    public static String text(Collection<Matcher> matchers) {
        return matchers.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }

    public String name() {
        return name;
    }

    public Operator operator() {
        return operator;
    }

    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Matcher that
                && name.equals(that.name)
                && operator == that.operator
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, operator, value);
    }

    @Override
    public String toString() {
        return Labels.name(name) + operator.sign + Labels.quoted(value);
    }
}
