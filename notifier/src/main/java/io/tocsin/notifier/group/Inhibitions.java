package io.tocsin.notifier.group;

import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.inhibit.InhibitRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which burning alerts mute which others. Fails open: an alert whose data stopped mutes nothing, and neither does one
 * that is over, from the tick on at which it is.
 */
public final class Inhibitions {

    /** Nothing mutes anything. */
    public static final Inhibitions NONE = new Inhibitions(List.of(), List.of());

    private final Map<InhibitRule, Map<List<String>, List<Alert>>> sources = new HashMap<>();

    /** The sources of rules among these alerts. */
    public Inhibitions(List<InhibitRule> rules, Collection<Alert> alerts) {
        for (InhibitRule rule : rules) {
            Map<List<String>, List<Alert>> byEqual = new HashMap<>();
            alerts.stream()
                    .filter(alert -> alert.condition() == Condition.FIRING && rule.isSource(alert.labels()))
                    .sorted(Alert.ORDER)
                    .forEach(alert -> byEqual.computeIfAbsent(equal(rule, alert), _ -> new ArrayList<>())
                            .add(alert));
            sources.put(rule, byEqual);
        }
    }

    /** Fingerprints of alerts that mute this one; one for each rule that has any. */
    public List<String> muting(Alert alert) {
        List<String> muting = new ArrayList<>();
        sources.forEach((rule, byEqual) -> {
            if (rule.targets(alert.labels())) {
                byEqual.getOrDefault(equal(rule, alert), List.of()).stream()
                        .filter(source -> rule.mutes(source.labels(), alert.labels()))
                        .map(Alert::fingerprint)
                        .findFirst()
                        .ifPresent(muting::add);
            }
        });
        return muting.stream().distinct().sorted().toList();
    }

    private static List<String> equal(InhibitRule rule, Alert alert) {
        return rule.equal().stream()
                .sorted()
                .map(label -> alert.labels().getOrDefault(label, ""))
                .toList();
    }
}
