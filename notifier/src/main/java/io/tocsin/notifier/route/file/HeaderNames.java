package io.tocsin.notifier.route.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of header fields as they are usually written: {@code Content-Type}. */
final class HeaderNames {

    private HeaderNames() {}

    static String canonical(String name) {
        return Arrays.stream(name.split("-", -1)).map(HeaderNames::word).collect(Collectors.joining("-"));
    }

    private static String word(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
