package io.tocsin.notifier.route.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP addresses as Alertmanager takes them: characters that a URI may not have are escaped where they stand.
 * Addresses may be secrets: messages say what is wrong, not what was found.
 */
final class Addresses {

    private static final Pattern PARTS =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/?#]*))?([^#]*)(?:#(.*))?", Pattern.DOTALL);
    private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

    private Addresses() {}

    /**
     * An address.
     *
     * @throws URISyntaxException when it is none of HTTP; its reason says why, and nothing of it is to be shown
     */
    static URI http(String text) throws URISyntaxException {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches() || !isHttp(parts.group(1))) {
            throw new URISyntaxException("", "it must begin with http:// or https://");
        }
        if (parts.group(2) == null || parts.group(2).isEmpty()) {
            throw new URISyntaxException("", "it has no host");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new URISyntaxException("", "it has a control character");
        }
        if (parts.group(2).contains(" ")) {
            throw new URISyntaxException("", "its host has a space");
        }
        return any(text);
    }

    /** A URI of any scheme. */
    static URI any(String text) throws URISyntaxException {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return new URI(escaped.toString());
    }

    private static boolean isHttp(String scheme) {
        return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    }
}
