package io.tocsin.gotemplate;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Escapes by place, as Go's {@code html/template} does: in text, attributes, addresses and styles. What cannot be made
 * safe becomes {@code ZgotmplZ}; nothing is written into scripts, which Go would allow as JavaScript literals.
 */
public final class HtmlEscaping implements Escaping {

    /** A string that is HTML already. */
    public static final GoType HTML = GoType.named("template.HTML", GoType.STRING);

    /** A string that is a safe address. */
    public static final GoType URL = GoType.named("template.URL", GoType.STRING);

    /** The built-in escapers, whose results are not escaped again. */
    static final Map<String, GoFunction> FUNCTIONS =
            Map.of("html", marking(Escapes::html, HTML), "urlquery", marking(Escapes::urlQuery, URL));

    private static final String UNSAFE = "ZgotmplZ";
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");
    /** Beside letters and digits, what a URL has and keeps (RFC 3986, 2.2 and 2.3), and the percent sign. */
    private static final String KEPT = "-._~:/?#[]@!$&'()*+,;=%";

    private final HtmlPlace place = new HtmlPlace();

    private static GoFunction marking(UnaryOperator<String> escape, GoType type) {
        return GoFunction.variadic(
                a -> new GoValue.Str(type, escape.apply(Builtins.plain(Limits.DEFAULT.maxOutputBytes(), a))),
                GoType.ANY);
    }

    @Override
    public String escape(GoValue value, String bytes) throws FunctionException {
        GoType type = GoValue.unbox(value).type();
        return switch (place.state()) {
            case TEXT -> type.equals(HTML) ? bytes : Escapes.html(bytes);
            case VALUE, BEFORE_VALUE -> attribute(type, bytes);
            case TAG_NAME, IN_TAG, ATTRIBUTE_NAME -> name(bytes);
            case STYLE -> style(bytes);
            case COMMENT -> "";
            case SCRIPT -> throw new FunctionException("html/template: values are not written into scripts");
        };
    }

    @Override
    public void written(String bytes) {
        place.advance(bytes);
    }

    private String attribute(GoType type, String bytes) throws FunctionException {
        String safe = switch (place.meaning()) {
            case PLAIN -> Escapes.html(bytes);
            case STYLE -> style(bytes);
            case URL -> Escapes.html(address(type, bytes));
            case SCRIPT -> throw new FunctionException("html/template: values are not written into scripts");
        };
        return place.state() == HtmlPlace.State.VALUE && place.quoted() ? safe : unquoted(safe);
    }

    private String address(GoType type, String bytes) {
        boolean begun = place.state() == HtmlPlace.State.VALUE && place.valueBegun();
        if (type.equals(URL)) {
            return normalised(bytes);
        }
        if (begun && place.inQuery()) {
            return Escapes.urlQuery(bytes).replace("+", "%20");
        }
        return begun || hasSafeScheme(bytes) ? normalised(bytes) : "#" + UNSAFE;
    }

    private static boolean hasSafeScheme(String bytes) {
        int colon = bytes.indexOf(':');
        int slash = bytes.indexOf('/');
        boolean relative = colon < 0 || (slash >= 0 && slash < colon);
        return relative || SCHEMES.contains(bytes.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    private static String normalised(String bytes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (isAlphanumeric(c) || KEPT.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02x", (int) c));
            }
        }
        return out.toString();
    }

    private static String name(String bytes) {
        boolean safe = !bytes.isEmpty() && bytes.chars().allMatch(c -> isAlphanumeric((char) c) || c == '-');
        boolean handler = bytes.toLowerCase(Locale.ROOT).startsWith("on");
        return safe && !handler ? bytes : UNSAFE;
    }

    private static String style(String bytes) {
        boolean safe = bytes.chars().allMatch(c -> isAlphanumeric((char) c) || " #.,%-+!".indexOf(c) >= 0);
        return safe ? bytes : UNSAFE;
    }

    private static String unquoted(String safe) {
        StringBuilder out = new StringBuilder();
        safe.chars().forEach(c -> {
            if (" \t\n\r\f=`".indexOf(c) >= 0) {
                out.append("&#").append(c).append(';');
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
