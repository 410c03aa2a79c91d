package io.tocsin.notifier;

import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Cause;
import io.tocsin.notifier.incident.Incident.Happening;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells an incident snapshot by snapshot, as tests need it. */
public final class Story {

    /** When stories begin. */
    public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final String id;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private Instant at = START;
    private long revision;
    private Status status = Status.OPEN;
    private String severity = "warning";
    private String root = "";

    public Story(String id) {
        this.id = id;
    }

    /** The time of the next snapshots. */
    public Story at(Instant time) {
        at = time;
        return this;
    }

    public Story severity(String label) {
        severity = label;
        return this;
    }

    public Story status(Status now) {
        status = now;
        return this;
    }

    /** An alert of a service, with labels alertname and service. */
    public Story alert(String name, State state, Disposition disposition) {
        return alert(name, state, disposition, Map.of());
    }

    public Story alert(String name, State state, Disposition disposition, Map<String, String> labels) {
        if (disposition == Disposition.ROOT) {
            // As with the engine, the cause stays what it was when its alert is over.
            root = "service/" + name;
        }
        Member before = members.get(name);
        boolean over = state == State.INACTIVE;
        boolean again = before != null && before.endsAt() != null && !over;
        Map<String, String> all = new TreeMap<>(labels);
        all.put("alertname", name);
        members.put(
                name,
                new Member(
                        fingerprint(name),
                        new TreeMap<>(before == null ? all : before.labels()),
                        new TreeMap<>(Map.of("summary", name + " is broken")),
                        state,
                        disposition,
                        "because of " + disposition,
                        before == null || again ? at : before.startsAt(),
                        over ? at : null,
                        1.0,
                        "service/" + name,
                        "rules/" + name,
                        "COMPLETE",
                        "http://engine/graph",
                        "tocsin"));
        return this;
    }

    public Story without(String name) {
        members.remove(name);
        return this;
    }

    public Story firing(String name) {
        return alert(name, State.FIRING, Disposition.NONE);
    }

    public Story resolved(String name) {
        return alert(name, State.INACTIVE, Disposition.RECOVERED);
    }

    /** The next snapshot. */
    public Incident snapshot() {
        revision++;
        List<Cause> causes =
                root.isEmpty() ? List.of() : List.of(new Cause(root, 0.9, List.of("its callers fail with it")));
        return new Incident(
                id,
                "default",
                status,
                revision,
                START,
                status == Status.OPEN ? null : at,
                at,
                "something is broken",
                causes,
                new ArrayList<>(members.values()),
                List.of(new Happening(START, "opened")),
                "",
                severity);
    }

    /** The fingerprint that stories give an alert of this name. */
    public static String fingerprint(String name) {
        return String.format("%016x", name.hashCode() & 0xffffffffL);
    }
}
