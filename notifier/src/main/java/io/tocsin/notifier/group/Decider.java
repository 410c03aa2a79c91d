package io.tocsin.notifier.group;

import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.group.Told.Kind;
import io.tocsin.notifier.group.Told.ToldIncident;
import io.tocsin.notifier.group.Verdict.Reason;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides about one receiver of one group at one flush, after the rules of Alertmanager's deduplication stage. Where it
 * differs: whoever was told that an alert burns is told that it is over, whatever holds it meanwhile; lost data is told
 * once and is never a recovery; and where symptoms are held, a worse severity or another root is told.
 *
 * @param sendResolved whether the receiver wants to hear of recoveries
 * @param repeatInterval after how long an unchanged group is told again
 * @param converging whether incidents count: symptoms are held, severity and root are followed
 */
public record Decider(boolean sendResolved, Duration repeatInterval, boolean converging) {

    private static final Comparator<Candidate> BY_ALERT = Comparator.comparing(Candidate::alert, Alert.ORDER);

    /**
     * The verdict.
     *
     * @param told what the receiver believes
     * @param candidates all alerts of the group, those that it was told of included
     * @param incidents the incidents of these alerts, by id
     * @param now the time of the flush
     */
    public Verdict decide(Told told, Collection<Candidate> candidates, Map<String, Incident> incidents, Instant now) {
        Scene scene = new Scene(told, candidates.stream().sorted(BY_ALERT).toList(), incidents, converging);
        Reason reason = reason(scene, now);
        if (reason == Reason.RESOLVED_NOT_WANTED) {
            return new Verdict(reason, List.of(), told.keeping(scene.heldAndTold()));
        }
        if (!reason.tells()) {
            return new Verdict(reason, List.of(), told);
        }
        return new Verdict(reason, scene.alertsToTell(sendResolved), scene.next(now));
    }

    private Reason reason(Scene scene, Instant now) {
        // Nothing at all is told at such a time, recoveries neither: what was told stays, so that they are told later.
        if (scene.any(Candidate::heldForATime)) {
            return Reason.MUTED_BY_TIME;
        }
        boolean nothingTold = scene.told.burning().isEmpty();
        if (scene.anyUntold(Condition.FIRING, Kind.FIRING)) {
            return nothingTold ? Reason.FIRST_FIRING : Reason.NEW_FIRING;
        }
        if (scene.anyUntold(Condition.UNKNOWN, Kind.UNKNOWN)) {
            return Reason.DATA_STOPPED;
        }
        if (scene.nothingToTell()) {
            return over(scene, nothingTold);
        }
        if (converging && scene.anyFree()) {
            if (scene.severityRose()) {
                return Reason.HIGHER_SEVERITY;
            }
            if (scene.rootChanged()) {
                return Reason.ROOT_CHANGED;
            }
        }
        if (sendResolved && scene.anyNewlyResolved()) {
            return Reason.NEWLY_RESOLVED;
        }
        return unchanged(scene, now);
    }

    private Reason over(Scene scene, boolean nothingTold) {
        if (scene.anyToldResolved()) {
            return sendResolved ? Reason.ALL_RESOLVED : Reason.RESOLVED_NOT_WANTED;
        }
        if (scene.anyHeld()) {
            return Reason.ALL_HELD;
        }
        return nothingTold ? Reason.OVER_BEFORE_TOLD : Reason.NOTHING_NEW;
    }

    private Reason unchanged(Scene scene, Instant now) {
        Instant last = scene.told.at();
        boolean burning = scene.candidates.stream().anyMatch(candidate -> candidate.freely(Condition.FIRING));
        if (burning && last != null && last.isBefore(now.minus(repeatInterval))) {
            return Reason.REPEAT_INTERVAL_ELAPSED;
        }
        return scene.anyFree() ? Reason.NOTHING_NEW : Reason.ALL_HELD;
    }

    /** What is told and what there is to tell, side by side. */
    private record Scene(Told told, List<Candidate> candidates, Map<String, Incident> incidents, boolean converging) {

        boolean any(Predicate<Candidate> condition) {
            return candidates.stream().anyMatch(condition);
        }

        boolean anyUntold(Condition condition, Kind kind) {
            return any(candidate -> candidate.freely(condition) && !told.knows(candidate.fingerprint(), kind));
        }

        boolean anyFree() {
            return any(candidate -> candidate.freely(Condition.FIRING) || candidate.freely(Condition.UNKNOWN));
        }

        boolean nothingToTell() {
            return !anyFree() && !any(Candidate::listed);
        }

        boolean anyHeld() {
            return any(candidate -> candidate.hold().isPresent() && !candidate.is(Condition.RESOLVED));
        }

        boolean anyToldResolved() {
            return any(candidate -> candidate.is(Condition.RESOLVED) && isTold(candidate));
        }

        /** A recovery worth a notice: not of what was only listed, and not one that was listed as over before. */
        boolean anyNewlyResolved() {
            return any(candidate -> isOver(candidate)
                    && !told.resolved().contains(candidate.fingerprint())
                    && (!isTold(candidate) || told.knowsAsItsOwn(candidate.fingerprint())));
        }

        private boolean isTold(Candidate candidate) {
            return told.burning().containsKey(candidate.fingerprint());
        }

        /** Over, and either told of before or, as Alertmanager has it, fired and over between two flushes. */
        private boolean isOver(Candidate candidate) {
            boolean unnoticed = candidate.hold().isEmpty() && !converging;
            return candidate.is(Condition.RESOLVED) && (isTold(candidate) || unnoticed);
        }

        boolean severityRose() {
            return knownIncidents()
                    .anyMatch(incident -> Severity.rank(incident.severity())
                            > toldOf(incident).severity());
        }

        boolean rootChanged() {
            return knownIncidents()
                    .anyMatch(incident -> !incident.rootElement().isEmpty()
                            && !incident.rootElement().equals(toldOf(incident).root()));
        }

        private java.util.stream.Stream<Incident> knownIncidents() {
            return freeIncidents().stream()
                    .map(incidents::get)
                    .filter(incident -> incident != null && told.incidents().containsKey(incident.id()));
        }

        private ToldIncident toldOf(Incident incident) {
            return told.incidents().getOrDefault(incident.id(), new ToldIncident(0, ""));
        }

        private Set<String> freeIncidents() {
            return candidates.stream()
                    .filter(candidate -> candidate.hold().isEmpty() && !candidate.is(Condition.RESOLVED))
                    .map(candidate -> candidate.alert().incident())
                    .collect(Collectors.toSet());
        }

        Set<String> heldAndTold() {
            return candidates.stream()
                    .filter(candidate -> !candidate.is(Condition.RESOLVED))
                    .map(Candidate::fingerprint)
                    .filter(told.burning()::containsKey)
                    .collect(Collectors.toSet());
        }

        List<Alert> alertsToTell(boolean sendResolved) {
            List<Alert> alerts = new ArrayList<>();
            for (Candidate candidate : candidates) {
                boolean over = sendResolved && isOver(candidate);
                boolean burning =
                        !candidate.is(Condition.RESOLVED) && (candidate.hold().isEmpty() || candidate.listed());
                if (over || burning) {
                    alerts.add(candidate.alert());
                }
            }
            return alerts;
        }

        Told next(Instant now) {
            Map<String, Set<Kind>> burning = new TreeMap<>();
            Map<String, ToldIncident> known = new TreeMap<>();
            for (Candidate candidate : candidates) {
                String fingerprint = candidate.fingerprint();
                if (candidate.freely(Condition.FIRING)) {
                    burning.put(fingerprint, told.with(fingerprint, Kind.FIRING));
                } else if (candidate.freely(Condition.UNKNOWN)) {
                    burning.put(fingerprint, told.with(fingerprint, Kind.UNKNOWN));
                } else if (candidate.listed()) {
                    burning.put(fingerprint, told.with(fingerprint, Kind.LISTED));
                } else if (!candidate.is(Condition.RESOLVED) && isTold(candidate)) {
                    burning.put(fingerprint, told.burning().getOrDefault(fingerprint, Set.of()));
                }
            }
            for (String id : freeIncidents()) {
                Incident incident = incidents.get(id);
                if (incident != null) {
                    known.put(id, new ToldIncident(Severity.rank(incident.severity()), incident.rootElement()));
                }
            }
            return new Told(burning, resolvedNow(), now, known);
        }

        private Set<String> resolvedNow() {
            return candidates.stream()
                    .filter(candidate -> candidate.is(Condition.RESOLVED))
                    .map(Candidate::fingerprint)
                    .collect(Collectors.toSet());
        }
    }
}
