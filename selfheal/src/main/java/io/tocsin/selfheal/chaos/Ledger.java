package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.guardrail.History.Approval;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.store.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What instances share, as the database keeps it. Whoever cannot reach it gets {@link Gone}. */
final class Ledger {

    static final long LEASE = 30_000;

    private final Agenda agenda;
    private final Referee referee;
    private final Set<Protection> protections;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, Question> questions = new HashMap<>();
    private final Set<String> quarantined = new HashSet<>();
    private final Map<String, Long> deployed = new HashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private String holder = "";
    private long token;
    private long leaseUntil;
    private boolean frozen;
    private int read;

    /** What an instance was about to do cannot be done: it is dead, or cut off, or no longer the owner. */
    static final class Gone extends Exception {
        private static final long serialVersionUID = 1L;

        Gone(String why) {
            super(why, null, false, false);
        }
    }

    /** A question to a person. */
    record Question(long asked, long until, Approval answer, long answered) {}

    Ledger(Agenda agenda, Referee referee, Set<Protection> protections) {
        this.agenda = agenda;
        this.referee = referee;
        this.protections = protections;
    }

    /** Takes or renews the lease; as the lease's table does it. */
    Optional<Long> hold(String instance) {
        if (!holder.equals(instance)) {
            if (agenda.now() <= leaseUntil && token > 0) {
                return Optional.empty();
            }
            holder = instance;
            token++;
        }
        leaseUntil = agenda.now() + LEASE;
        return Optional.of(token);
    }

    /** Gives the lease back. */
    void release(String instance) {
        if (holder.equals(instance)) {
            leaseUntil = agenda.now() - 1;
        }
    }

    private void require(String instance, long with) throws Gone {
        boolean held = holder.equals(instance) && token == with && agenda.now() < leaseUntil;
        if (held) {
            return;
        }
        if (protections.contains(Protection.FENCE)) {
            throw new Gone("the lease is lost");
        }
        referee.writesUnowned(instance);
    }

    /** Who holds the lease, whatever anybody believes. */
    boolean owner(String instance) {
        return holder.equals(instance) && agenda.now() < leaseUntil;
    }

    void begin(String instance, Run run) throws Gone {
        require(instance, run.token());
        if (runs.putIfAbsent(run.id(), run) != null) {
            throw new IllegalStateException(run.id() + " was begun before");
        }
    }

    void move(String instance, Run run) throws Gone {
        require(instance, run.token());
        runs.put(run.id(), run);
    }

    List<Run> active() {
        return runs.values().stream().filter(run -> run.endedAt().isEmpty()).toList();
    }

    /** All repairs, oldest first. */
    List<Run> runs() {
        return new ArrayList<>(runs.values());
    }

    int attempts(String incident, String playbook, String target) {
        return (int) runs.values().stream()
                .filter(run -> run.incident().equals(incident)
                        && run.playbook().equals(playbook)
                        && run.target().equals(target))
                .count();
    }

    /** Takes from the log what is new. */
    void read(Newsroom newsroom) {
        for (Newsroom.Printed printed : newsroom.from(read)) {
            incidents.merge(
                    printed.incident().id(),
                    printed.incident(),
                    (known, newer) -> known.revision() < newer.revision() ? newer : known);
        }
        read = newsroom.end();
    }

    List<Incident> open() {
        return incidents.values().stream()
                .filter(incident -> incident.status() == Incident.Status.OPEN)
                .toList();
    }

    Optional<Incident> incident(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    boolean frozen() {
        return frozen;
    }

    void freeze(boolean isFrozen) {
        frozen = isFrozen;
    }

    Set<String> quarantined() {
        return quarantined;
    }

    void quarantine(String target) {
        quarantined.add(target);
    }

    void deploy(String service) {
        deployed.put(service, agenda.now());
    }

    Optional<Long> deployed(String service) {
        return Optional.ofNullable(deployed.get(service));
    }

    Approval approval(String id) {
        Question asked = questions.get(id);
        if (asked == null) {
            return Approval.NOT_ASKED;
        }
        long until =
                asked.answer() == Approval.APPROVED ? asked.answered() + asked.until() - asked.asked() : asked.until();
        boolean over = asked.answer() != Approval.REJECTED && agenda.now() >= until;
        return over ? Approval.EXPIRED : asked.answer();
    }

    /** For how many milliseconds a person has allowed it; -1 when nobody has. */
    long allowedFor(String id) {
        Question asked = questions.get(id);
        return asked == null || asked.answer() != Approval.APPROVED ? -1 : agenda.now() - asked.answered();
    }

    /** Asks a person; false when that was asked before. */
    boolean ask(String id, long until) {
        return questions.putIfAbsent(id, new Question(agenda.now(), until, Approval.PENDING, 0)) == null;
    }

    void answer(String id, Approval answer) {
        Question asked = questions.get(id);
        if (asked != null && approval(id) == Approval.PENDING) {
            questions.put(id, new Question(asked.asked(), asked.until(), answer, agenda.now()));
        }
    }
}
