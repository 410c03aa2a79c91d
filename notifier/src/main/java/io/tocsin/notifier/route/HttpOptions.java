package io.tocsin.notifier.route;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a receiver's HTTP requests are made.
 *
 * @param authentication what goes into the Authorization header, if anything
 * @param followRedirects whether a redirect is followed
 */
public record HttpOptions(Optional<Authentication> authentication, boolean followRedirects) {

    /** No authentication; redirects are followed. */
    public static final HttpOptions DEFAULT = new HttpOptions(Optional.empty(), true);

    /** A value from the file itself, or from another file that is read at each use, so that it can be rotated. */
    public sealed interface Source {
        /** Written in the configuration. */
        record Inline(Secret secret) implements Source {}

        /** Kept in a file of its own. */
        record File(Path path) implements Source {}
    }

    /** How a request says who sends it. */
    public sealed interface Authentication {
        /** RFC 7617. */
        record Basic(String username, Source password) implements Authentication {}

        /** A scheme and its credentials, {@code Bearer} by default. */
        record Scheme(String type, Source credentials) implements Authentication {}
    }
}
