package io.tocsin.promql.model;

import org.jspecify.annotations.Nullable;

/**
 * One condition on a label. A missing label has the empty value. Regular expressions are RE2 and anchored at both ends;
 * a dot matches newlines too.
 */
public final class LabelMatcher {

    /** The four conditions. */
    public enum Type {
        EQ("="),
        NEQ("!="),
        RE("=~"),
        NRE("!~");

        private final String symbol;

        Type(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    private final Type type;
    private final String name;
    private final String value;
    private final @Nullable LabelPattern pattern;

    /** @throws com.google.re2j.PatternSyntaxException when the value is no regular expression */
    public LabelMatcher(Type type, String name, String value) {
        this.type = type;
        this.name = name;
        this.value = value;
        this.pattern = type == Type.RE || type == Type.NRE ? LabelPattern.compile(value) : null;
    }

    public static LabelMatcher equal(String name, String value) {
        return new LabelMatcher(Type.EQ, name, value);
    }

    public Type type() {
        return type;
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** For {@code =~} and {@code !~}: what the expression accepts, for stores that can use an index. */
    public @Nullable LabelPattern pattern() {
        return pattern;
    }

    public boolean matches(String text) {
        return switch (type) {
            case EQ -> text.equals(value);
            case NEQ -> !text.equals(value);
            case RE -> pattern != null && pattern.matches(text);
            case NRE -> pattern != null && !pattern.matches(text);
        };
    }

    public boolean matches(Labels labels) {
        return matches(labels.get(name));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelMatcher m && type == m.type && name.equals(m.name) && value.equals(m.value);
    }

    @Override
    public int hashCode() {
        return (type.ordinal() * 31 + name.hashCode()) * 31 + value.hashCode();
    }

    /** The form in a query; names that need quotes have them. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        if (LabelNames.isLegacy(name)) {
            out.append(name);
        } else {
            GoQuote.quoteTo(out, name);
        }
        GoQuote.quoteTo(out.append(type.symbol()), value);
        return out.toString();
    }
}
