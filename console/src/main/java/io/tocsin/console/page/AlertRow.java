package io.tocsin.console.page;

import io.tocsin.console.alert.Alert;
import io.tocsin.console.alert.State;
import io.tocsin.console.engine.EngineAlert;
import io.tocsin.console.incident.Severity;
import io.tocsin.console.remote.Remote;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of alerts.
 *
 * @param fingerprint for its page; empty when the log that is read does not have it
 * @param name of the alert
 * @param labels its identity
 * @param state it is in
 * @param since when it has been so; null when that is not known
 * @param why it is so; empty when that is not known
 * @param evidence what the data were like; empty when they were complete
 * @param value of the expression, in words; empty when there is none
 * @param summary for people; empty when the rule gives none
 * @param incident id of the open incident that it is part of; empty when there is none
 * @param held what holds its notices, in one word; empty when nothing does
 */
public record AlertRow(
        String fingerprint,
        String name,
        SortedMap<String, String> labels,
        State state,
        @Nullable Instant since,
        String why,
        String evidence,
        String value,
        String summary,
        String incident,
        String held) {

    /** Those that need a person most first. */
    static final Comparator<AlertRow> WORST_FIRST = Comparator.comparing(AlertRow::state)
            .thenComparing(AlertRow::severity)
            .thenComparing(row -> row.since == null ? Instant.MIN : row.since, Comparator.reverseOrder())
            .thenComparing(AlertRow::name)
            .thenComparing(AlertRow::id);

    public AlertRow(
            String fingerprint,
            String name,
            SortedMap<String, String> labels,
            State state,
            @Nullable Instant since,
            String why,
            String evidence,
            String value,
            String summary,
            String incident,
            String held) {
        this.fingerprint = fingerprint;
        this.name = name;
        this.labels = labels;
        this.state = state;
        this.since = since;
        this.why = why;
        this.evidence = evidence;
        this.value = value;
        this.summary = summary;
        this.incident = incident;
        this.held = held;
    }

    /**
     * From the log.
     *
     * @param current value that the engine shows now; empty when it shows none
     */
    static AlertRow of(Alert alert, String current, String incident, String held) {
        Double then = alert.last().value();
        return new AlertRow(
                alert.key().fingerprint(),
                alert.name(),
                alert.labels(),
                alert.state(),
                alert.last().at(),
                alert.last().why(),
                alert.last().evidence(),
                !current.isEmpty() ? current : then == null ? "" : Words.number(then),
                alert.summary(),
                incident,
                held);
    }

    /** From the engine alone: it began before what is read of the log, or a moment ago. */
    static AlertRow of(EngineAlert alert, String value) {
        return new AlertRow(
                "",
                alert.labels().getOrDefault("alertname", "alert"),
                new TreeMap<>(alert.labels()),
                State.of(alert.tocsinState()),
                alert.activeAt(),
                "",
                "",
                value,
                alert.annotations().getOrDefault("summary", ""),
                "",
                "");
    }

    /** How bad it is. */
    public Severity severity() {
        return Severity.of(labels.getOrDefault("severity", ""));
    }

    /** Its severity as its rule says. */
    public String severityWord() {
        return labels.getOrDefault("severity", "–");
    }

    /** The address of its page; empty when it has none. */
    public String address() {
        return fingerprint.isEmpty() ? "" : "/alerts/" + Remote.encoded(fingerprint);
    }

    /** Of its element on the page. */
    public String id() {
        return "alert-" + (fingerprint.isEmpty() ? Integer.toHexString(labels.hashCode()) : fingerprint);
    }

    /** Its labels without those that stand in columns of their own. */
    public NavigableMap<String, String> others() {
        NavigableMap<String, String> others = new TreeMap<>(labels);
        List.of("alertname", "severity").forEach(others::remove);
        return others;
    }

    /** Whether each of these words is in its name, summary or labels. */
    boolean speaksOf(List<String> words) {
        String text = (name + " " + summary + " " + labels).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }
}
