package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.converge.Snapshot.Cause;
import io.tocsin.rulesengine.converge.Snapshot.Disposition;
import io.tocsin.rulesengine.converge.Snapshot.Part;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an incident looks like after a tick: its cause, what became of each alert and why, its title. */
final class Portrait {

    /** From the gravest down; a label that is none of these comes after them. */
    private static final List<String> SEVERITIES =
            List.of("critical", "page", "error", "major", "warning", "ticket", "minor", "info", "none");

    private static final int CAUSES_SHOWN = 5;

    private final String environment;
    private final Incident incident;
    private final List<Cause> causes;
    private final List<Part> parts;
    private final RootCause ranking;
    private final Connections connections;
    private final long tickMs;
    private final boolean closes;
    private final String severity;
    private final int alerts;
    private final int active;
    private final Map<String, Integer> steps;

    Portrait(
            String environment,
            Incident before,
            List<Member> members,
            Connections connections,
            long tickMs,
            boolean closes) {
        this.environment = environment;
        this.connections = connections;
        this.tickMs = tickMs;
        this.closes = closes;
        this.ranking = new RootCause(members, connections);
        this.causes = causes(before, members);
        this.incident = causeNoted(before);
        this.steps = connections.distances(root(), ranking.elements());
        this.alerts = members.size();
        this.active = (int) members.stream().filter(Member::present).count();
        this.parts = members.stream()
                .filter(Member::listed)
                .sorted(Comparator.comparingLong(Member::startsAtMs).thenComparing(Member::key))
                .map(this::part)
                .toList();
        this.severity = severity(members);
    }

    /** Once nothing fails any more, there is nothing left to rank by: what was said to be the cause stays. */
    private List<Cause> causes(Incident before, List<Member> members) {
        if (!before.causes().isEmpty() && members.stream().noneMatch(Member::present)) {
            return before.causes();
        }
        return ranking.rank(CAUSES_SHOWN);
    }

    private Incident causeNoted(Incident before) {
        String root = root();
        if (root.equals(before.root()) || root.isEmpty()) {
            return root.isEmpty() ? before : before.causedBy(causes);
        }
        String was = before.root().isEmpty() ? "" : ", no longer " + before.root();
        return before.causedBy(causes).noting(tickMs, "likely cause: " + root + was);
    }

    Incident incident() {
        return incident;
    }

    boolean closes() {
        return closes;
    }

    private String root() {
        return causes.isEmpty() ? "" : causes.getFirst().element();
    }

    private Part part(Member member) {
        Disposition disposition = disposition(member);
        return new Part(
                member.change(),
                member.element(),
                disposition,
                because(member, disposition),
                member.startsAtMs(),
                member.present() ? 0 : member.endsAtMs());
    }

    private Disposition disposition(Member member) {
        if (member.flapping()) {
            return Disposition.FLAPPING;
        }
        if (!member.active()) {
            return Disposition.RECOVERED;
        }
        if (member.absorbed()) {
            return Disposition.ABSORBED_BY_STORM_LIMIT;
        }
        if (member.element().equals(root())) {
            return Disposition.ROOT;
        }
        return steps.containsKey(member.element()) ? Disposition.SYMPTOM : Disposition.RELATED;
    }

    private String because(Member member, Disposition disposition) {
        return switch (disposition) {
            case ROOT ->
                ranking.elements().size() == 1
                        ? root() + " is the only failing element"
                        : root() + " is the likely cause of what fails";
            case SYMPTOM -> inWords(member.element());
            case RELATED -> "it fails at the same time and is connected, but " + root() + " does not explain it";
            case FLAPPING -> "it changed its state " + member.changes().size() + " times lately";
            case RECOVERED -> "it recovered: " + member.change().reason();
            case ABSORBED_BY_STORM_LIMIT -> "too many alerts began at once to tell each by itself";
        };
    }

    /** The first step of the shortest way to the root. */
    private String inWords(String element) {
        int left = steps.getOrDefault(element, 0);
        String next = connections.dependenciesOf(element).stream()
                .filter(on -> steps.getOrDefault(on, left) == left - 1)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no way from " + element + " to " + root()));
        String through = left > 1 ? ", which leads to " + root() : "";
        return connections.inWords(element, next) + through + ", the likely cause";
    }

    private String title() {
        List<Member> own = ranking.alerts().getOrDefault(root(), List.of());
        String what = own.stream()
                .sorted(Comparator.comparing((Member member) -> !member.outage())
                        .thenComparingLong(Member::startsAtMs)
                        .thenComparing(Member::name))
                .map(Member::name)
                .findFirst()
                .orElse("calls to it fail");
        List<String> others = ranking.alerts().keySet().stream()
                .filter(element -> !element.equals(root()))
                .toList();
        String affected = others.isEmpty() ? "" : "; affects " + brief(others);
        return (root().isEmpty() ? "alert storm" : root() + ": " + what) + affected;
    }

    private static String brief(List<String> names) {
        int shown = Math.min(3, names.size());
        String rest = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return String.join(", ", names.subList(0, shown)) + rest;
    }

    private static String severity(List<Member> members) {
        Set<String> labels = new HashSet<>();
        for (Member member : members) {
            if (member.present()) {
                labels.add(member.change().labels().getOrDefault("severity", ""));
            }
        }
        return labels.stream()
                .filter(label -> !label.isEmpty())
                .min(Comparator.comparingInt(Portrait::rank).thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    /** How grave the gravest of these is, 0 the gravest. */
    static int gravest(List<Member> members) {
        return rank(severity(members));
    }

    private static int rank(String severity) {
        int rank = SEVERITIES.indexOf(severity);
        return rank < 0 ? SEVERITIES.size() : rank;
    }

    /** Tells whether there is something new to say: scores and shares alone are not. */
    String digest() {
        StateWriter out =
                new StateWriter(1).flag(closes).text(title()).text(severity).text(root());
        List<Part> all = new ArrayList<>(parts);
        all.sort(Comparator.comparing(part -> Member.Key.of(part.alert())));
        out.each(
                all,
                (to, part) -> to.text(part.alert().id())
                        .name(part.disposition())
                        .text(part.because())
                        .number(part.startsAtMs())
                        .number(part.endsAtMs()));
        out.number(alerts).number(active).number(incident.timeline().size());
        if (!incident.timeline().isEmpty()) {
            out.number(incident.timeline().getLast().atMs())
                    .text(incident.timeline().getLast().what());
        }
        return Fingerprint.sha256(HexFormat.of().formatHex(out.toBytes())).substring(0, 32);
    }

    Snapshot snapshot(long revision) {
        return new Snapshot(
                incident.id(),
                environment,
                closes ? Snapshot.Status.CLOSED : Snapshot.Status.OPEN,
                revision,
                incident.openedAtMs(),
                closes ? tickMs : 0,
                tickMs,
                title(),
                causes,
                parts,
                incident.timeline(),
                "",
                severity,
                alerts,
                active);
    }
}
