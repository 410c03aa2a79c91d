package io.tocsin.notifier.group;

import java.util.List;

/** Why an alert creates no notice of its own. Whoever was told that it burns is told that it is over all the same. */
public sealed interface Hold {

    /** Name of the reason, as shown and stored. */
    default String reason() {
        return switch (this) {
            case Silenced _ -> "SILENCED";
            case Explained _ -> "EXPLAINED_BY_ROOT";
            case NotRouted _ -> "NO_LONGER_ROUTED_HERE";
        };
    }

    /** What holds it: silences, or the root's fingerprint. */
    default List<String> by() {
        return switch (this) {
            case Silenced(var silences) -> silences;
            case Explained(var root) -> List.of(root);
            case NotRouted _ -> List.of();
        };
    }

    /**
     * Somebody asked for silence.
     *
     * @param silences ids
     */
    record Silenced(List<String> silences) implements Hold {

        public Silenced {
            silences = List.copyOf(silences);
        }
    }

    /**
     * The root of its incident is told to the same receiver.
     *
     * @param root fingerprint of the root
     */
    record Explained(String root) implements Hold {}

    /** The configuration does not bring it to this group any more. */
    record NotRouted() implements Hold {}
}
