package io.tocsin.notifier.route.receiver;

import java.nio.file.Path;

/** A value from the configuration itself, or from another file that is read at each use, so that it can be rotated. */
public sealed interface Source {

    /** Written in the configuration. */
    record Inline(Secret secret) implements Source {}

    /** Kept in a file of its own; what surrounds it there, such as a line feed at the end, does not count. */
    record File(Path path) implements Source {}

    /** A value written in the configuration. */
    static Source inline(String value) {
        return new Inline(new Secret(value));
    }
}
