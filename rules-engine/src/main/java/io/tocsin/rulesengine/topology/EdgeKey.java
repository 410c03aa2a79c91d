package io.tocsin.rulesengine.topology;

import java.util.Comparator;

/** Who calls whom, in which environment. */
public record EdgeKey(String environment, String caller, String callee) implements Comparable<EdgeKey> {

    private static final Comparator<EdgeKey> ORDER = Comparator.comparing(EdgeKey::environment)
            .thenComparing(EdgeKey::caller)
            .thenComparing(EdgeKey::callee);

    @Override
    public int compareTo(EdgeKey other) {
        return ORDER.compare(this, other);
    }
}
