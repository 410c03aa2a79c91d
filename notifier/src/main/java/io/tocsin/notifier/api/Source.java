package io.tocsin.notifier.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who posts alerts, by what the client says of itself. */
final class Source {

    /** A client that does not say its own name. */
    static final String UNNAMED = "external";

    private static final Pattern PRODUCT = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,39})(/.*)?");

    private Source() {}

    /** The product of a {@code User-Agent}, such as {@code prometheus}; a library's own name says nothing. */
    static String of(@Nullable String agent) {
        Matcher product = PRODUCT.matcher(agent == null ? "" : agent.strip());
        if (!product.matches()) {
            return UNNAMED;
        }
        String name = product.group(1).toLowerCase(Locale.ROOT);
        // That name is Tocsin's own for what its rules raise.
        return name.equals("go-http-client") || name.equals("tocsin") ? UNNAMED : name;
    }
}
