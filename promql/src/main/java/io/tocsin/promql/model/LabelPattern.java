package io.tocsin.promql.model;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over label values. Most that people write are alternations of literals with {@code .*} or
 * {@code .+} at the ends; these are matched without a regular expression engine. For the others the verdicts of the
 * values that were asked last are remembered.
 */
public final class LabelPattern {

    private static final String META = "\\.+*?()|[]{}^$";
    private static final int REMEMBERED = 512;

    /** An alternative: wildcard, literal, wildcard; each wildcard is the least number of characters, or -1 for none. */
    private record Simple(int before, String literal, int after) {
        boolean matches(String text) {
            int rest = text.length() - literal.length();
            if (before < 0) {
                return after < 0
                        ? text.equals(literal)
                        : rest >= after && text.startsWith(literal);
            }
            if (after < 0) {
                return rest >= before && text.endsWith(literal);
            }
            int at = text.indexOf(literal, before);
            return at >= 0 && text.length() - at - literal.length() >= after;
        }
    }

    private record Verdict(String text, boolean matches) {}

    private final @Nullable Set<String> literals;
    private final List<Simple> simple;
    private final @Nullable Pattern engine;
    // Entries are immutable, so that racing threads can at worst forget one.
    private final @Nullable Verdict[] verdicts;

    private LabelPattern(@Nullable Set<String> literals, List<Simple> simple, @Nullable Pattern engine) {
        this.literals = literals;
        this.simple = simple;
        this.engine = engine;
        this.verdicts = new @Nullable Verdict[engine == null ? 0 : REMEMBERED];
    }

    /** @throws com.google.re2j.PatternSyntaxException when the text is no regular expression */
    public static LabelPattern compile(String regex) {
        List<Simple> alternatives = alternatives(regex);
        if (alternatives == null) {
            // Compiled by itself first, so that the message names the expression as it was written.
            Pattern.compile(regex);
            return new LabelPattern(null, List.of(), Pattern.compile("^(?s:" + regex + ")$"));
        }
        if (alternatives.stream().allMatch(s -> s.before < 0 && s.after < 0)) {
            Set<String> literals = new LinkedHashSet<>();
            alternatives.forEach(s -> literals.add(s.literal));
            return new LabelPattern(literals, List.of(), null);
        }
        return new LabelPattern(null, alternatives, null);
    }

    /** The only texts that match, where they can be listed; else null. */
    public @Nullable Set<String> literals() {
        return literals;
    }

    /** A text that every match starts with; often empty. */
    public String prefix() {
        if (literals != null && literals.size() == 1) {
            return literals.iterator().next();
        }
        return simple.size() == 1 && simple.getFirst().before < 0 ? simple.getFirst().literal : "";
    }

    public boolean matches(String text) {
        if (literals != null) {
            return literals.contains(text);
        }
        if (engine == null) {
            for (int i = 0; i < simple.size(); i++) {
                if (simple.get(i).matches(text)) {
                    return true;
                }
            }
            return false;
        }
        int slot = (text.hashCode() * 0x9E3779B9 >>> 16) % REMEMBERED;
        Verdict known = verdicts[slot];
        if (known != null && known.text.equals(text)) {
            return known.matches;
        }
        boolean matches = engine.matcher(text).find();
        verdicts[slot] = new Verdict(text, matches);
        return matches;
    }

    /** The alternatives of a regular expression that needs no engine, or null. */
    private static @Nullable List<Simple> alternatives(String regex) {
        String body = unwrap(regex);
        List<Simple> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= body.length(); i++) {
            if (i == body.length() || body.charAt(i) == '|') {
                Simple one = simple(body.substring(from, i));
                if (one == null) {
                    return null;
                }
                found.add(one);
                from = i + 1;
            } else if (body.charAt(i) == '\\') {
                i++;
            }
        }
        return found;
    }

    /** Without a group around all of it. */
    private static String unwrap(String regex) {
        int open = regex.startsWith("(?:") ? 3 : regex.startsWith("(") && !regex.startsWith("(?") ? 1 : 0;
        if (open == 0 || !regex.endsWith(")") || regex.length() < open + 1) {
            return regex;
        }
        String inner = regex.substring(open, regex.length() - 1);
        return inner.indexOf('(') < 0 && inner.indexOf(')') < 0 && !inner.endsWith("\\") ? inner : regex;
    }

    private static @Nullable Simple simple(String part) {
        int start = 0;
        int end = part.length();
        int before = -1;
        int after = -1;
        if (part.startsWith(".*") || part.startsWith(".+")) {
            before = part.charAt(1) == '*' ? 0 : 1;
            start = 2;
        }
        if (end - start >= 2 && part.charAt(end - 2) == '.' && !escaped(part, end - 2)) {
            char last = part.charAt(end - 1);
            if (last == '*' || last == '+') {
                after = last == '*' ? 0 : 1;
                end -= 2;
            }
        }
        StringBuilder literal = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = part.charAt(i);
            if (c == '\\' && i + 1 < end && META.indexOf(part.charAt(i + 1)) >= 0) {
                literal.append(part.charAt(++i));
            } else if (META.indexOf(c) >= 0 || Character.isSurrogate(c)) {
                return null;
            } else {
                literal.append(c);
            }
        }
        // ".+" counts characters, so a wildcard next to text outside the basic plane is left to the engine.
        return new Simple(before, literal.toString(), after);
    }

    private static boolean escaped(String text, int at) {
        int slashes = 0;
        while (at - slashes > 0 && text.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }
}
