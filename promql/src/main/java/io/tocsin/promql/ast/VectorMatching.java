package io.tocsin.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of two vectors find each other.
 *
 * @param labels the labels that must agree ({@code on}) or that may differ ({@code ignoring})
 * @param include labels of the "one" side that the result takes over
 * @param fillLeft the value that stands for a missing element of the left side, or null to skip it
 * @param fillRight the same for the right side
 */
public record VectorMatching(
        Cardinality cardinality,
        List<String> labels,
        boolean on,
        List<String> include,
        @Nullable Double fillLeft,
        @Nullable Double fillRight) {

    /** How many elements of one side may match one of the other. */
    public enum Cardinality {
        ONE_TO_ONE("one-to-one"),
        MANY_TO_ONE("many-to-one"),
        ONE_TO_MANY("one-to-many"),
        MANY_TO_MANY("many-to-many");

        private final String text;

        Cardinality(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public boolean grouped() {
            return this == MANY_TO_ONE || this == ONE_TO_MANY;
        }
    }

    public static final VectorMatching DEFAULT =
            new VectorMatching(Cardinality.ONE_TO_ONE, List.of(), false, List.of(), null, null);

    public VectorMatching {
        labels = List.copyOf(labels);
        include = List.copyOf(include);
    }

    public VectorMatching withCardinality(Cardinality other) {
        return new VectorMatching(other, labels, on, include, fillLeft, fillRight);
    }

    public VectorMatching withLabels(List<String> others, boolean isOn) {
        return new VectorMatching(cardinality, others, isOn, include, fillLeft, fillRight);
    }

    public VectorMatching withGroup(Cardinality other, List<String> included) {
        return new VectorMatching(other, labels, on, included, fillLeft, fillRight);
    }

    public VectorMatching withFill(@Nullable Double left, @Nullable Double right) {
        return new VectorMatching(cardinality, labels, on, include, left, right);
    }

    public boolean fills() {
        return fillLeft != null || fillRight != null;
    }
}
