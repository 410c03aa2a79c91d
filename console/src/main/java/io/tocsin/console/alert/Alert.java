package io.tocsin.console.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the log has it.
 *
 * @param key what makes it this alert
 * @param group of its rule
 * @param labels its identity
 * @param annotations words for people
 * @param expr of the rule; empty when it comes from elsewhere
 * @param source "tocsin" or the system that said so
 * @param activeSince when its condition first held; null when it does not apply
 * @param history its changes of state, the latest first; never empty
 */
public record Alert(
        Key key,
        String group,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String expr,
        String source,
        @Nullable Instant activeSince,
        List<Transition> history) {

    private static final int MOST_HISTORY = 50;

    /**
     * An identity.
     *
     * @param fingerprint 16 hex digits over the labels
     * @param rule that raised it; two rules may give the same labels
     */
    public record Key(String environment, String fingerprint, String rule) {}

    public Alert(
            Key key,
            String group,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            String expr,
            String source,
            @Nullable Instant activeSince,
            List<Transition> history) {
        if (history.isEmpty()) {
            throw new IllegalArgumentException("an alert without a transition");
        }
        this.key = key;
        this.group = group;
        this.labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        this.annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        this.expr = expr;
        this.source = source;
        this.activeSince = activeSince;
        this.history = List.copyOf(history);
    }

    /** The latest change. */
    public Transition last() {
        return history.getFirst();
    }

    /** Its state now. */
    public State state() {
        return last().to();
    }

    /** Its alert name, or its rule when it has none. */
    public String name() {
        return labels.getOrDefault("alertname", key.rule());
    }

    /** Its summary or description; empty when the rule gives none. */
    public String summary() {
        return annotations.getOrDefault("summary", annotations.getOrDefault("description", ""));
    }

    /** This one, with what was known of it before. */
    Alert after(Alert before) {
        List<Transition> all = new ArrayList<>(history);
        before.history().stream().limit(MOST_HISTORY - (long) all.size()).forEach(all::add);
        return new Alert(key, group, labels, annotations, expr, source, activeSince, all);
    }
}
