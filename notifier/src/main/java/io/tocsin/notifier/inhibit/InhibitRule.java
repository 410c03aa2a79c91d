package io.tocsin.notifier.inhibit;

import io.tocsin.notifier.route.Matcher;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alerts that match the source mute those that match the target, where the labels that must be equal are. A label that
 * is missing on both sides, or empty, is equal.
 *
 * @param name for people; may be empty
 * @param source all must hold for an alert to mute others
 * @param target all must hold for an alert to be muted
 * @param equal labels that both must have the same values of
 */
public record InhibitRule(String name, List<Matcher> source, List<Matcher> target, Set<String> equal) {

    public InhibitRule {
        source = List.copyOf(source);
        target = List.copyOf(target);
        equal = Set.copyOf(equal);
    }

    /**
     * Whether a burning alert mutes another one. One that matches both sides is not muted by another such, itself
     * included; otherwise such alerts would mute each other, and nobody would be told.
     *
     * @param by labels of the burning alert
     * @param of labels of the other one
     */
    public boolean mutes(Map<String, String> by, Map<String, String> of) {
        return Matcher.all(target, of)
                && Matcher.all(source, by)
                && equal.stream().allMatch(label -> value(by, label).equals(value(of, label)))
                && !(Matcher.all(source, of) && Matcher.all(target, by));
    }

    /** Whether the rule can mute an alert with these labels. */
    public boolean targets(Map<String, String> labels) {
        return Matcher.all(target, labels);
    }

    /** Whether an alert with these labels can mute others by the rule. */
    public boolean isSource(Map<String, String> labels) {
        return Matcher.all(source, labels);
    }

    private static String value(Map<String, String> labels, String label) {
        return labels.getOrDefault(label, "");
    }
}
