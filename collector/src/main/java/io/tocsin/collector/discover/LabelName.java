package io.tocsin.collector.discover;

/** Names of labels as Prometheus allows them. */
public final class LabelName {

    private LabelName() {}

    /** Whether a series may carry a label of this name; those with two underscores in front are not for series. */
    public static boolean isValid(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !name.startsWith("__");
    }

    /** The name with an underscore for every character that a label's name may not have. */
    public static String escaped(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
