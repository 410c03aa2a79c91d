package io.tocsin.rulesengine.rules.apply;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who publishes the rules of a namespace; each has one, so that two never undo each other's changes. */
public enum RuleOwner {
    /** The engine's directory of rule files. */
    FILE,
    /** People and programs that apply: {@code tocsin rules apply}, the console's editor, a pipeline. */
    API,
    /** PrometheusRule resources of a cluster. */
    KUBERNETES;

    /** As the contract writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The owner that a word means. */
    public static Optional<RuleOwner> of(String word) {
        return Arrays.stream(values())
                .filter(owner -> owner.word().equals(word))
                .findFirst();
    }
}
