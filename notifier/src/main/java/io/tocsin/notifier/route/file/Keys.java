package io.tocsin.notifier.route.file;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets of keys, after Alertmanager's configuration reference. */
final class Keys {

    private Keys() {}

    /** The words of a text. */
    static Set<String> words(String text) {
        return words(text, Set.of());
    }

    /** The words of a text, and more. */
    static Set<String> words(String text, Set<String> more) {
        return Stream.concat(Arrays.stream(text.strip().split("\\s+")), more.stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
