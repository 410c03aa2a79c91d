package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.guardrail.Decision.Refuse;
import io.tocsin.selfheal.guardrail.Decision.Wait;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The guards, in the order in which they are asked; the first one that objects decides. First whether acting is right
 * at all, then whether the evidence is good, then how much is being done already, last whether a person has to agree.
 */
public enum Guard {
    FREEZE(Guard::freeze),
    REPLAY(Guard::replay),
    RECOVERY(Guard::recovery),
    EVIDENCE(Guard::evidence),
    EXTERNAL(Guard::external),
    SILENCE(Guard::silence),
    INVENTORY(Guard::inventory),
    PROTECTION(Guard::protection),
    MAINTENANCE(Guard::maintenance),
    PIPELINE(Guard::pipeline),
    COMPLETENESS(Guard::completeness),
    FRESHNESS(Guard::freshness),
    AGE(Guard::age),
    SETTLING(Guard::settling),
    ONE_AT_A_TIME(Guard::oneAtATime),
    DEPLOYMENT(Guard::deployment),
    DARKNESS(Guard::darkness),
    STOP_LINE(Guard::stopLine),
    BLAST_RADIUS(Guard::blastRadius),
    BLAST_RADIUS_HOUR(Guard::blastRadiusHour),
    LAST_REPLICA(Guard::lastReplica),
    HEALTHY_FLOOR(Guard::healthyFloor),
    QUARANTINE(Guard::quarantine),
    RESTART_LIMIT(Guard::restartLimit),
    BACKOFF(Guard::backoff),
    CIRCUIT(Guard::circuit),
    SCHEDULE(Guard::schedule),
    CONFIRMATION(Guard::confirmation),
    OBSERVATION(Guard::observation),
    APPROVAL(Guard::approval);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SMALLEST_DARK_FLEET = 3;
    private static final double DARK_FRACTION = 0.50;
    private static final int LARGEST_SMALL_GROUP = 5;
    private static final double STOP_FRACTION = 0.20;

    @SuppressWarnings("ImmutableEnumChecker") // The functions are references to static methods: they hold no state.
    private final Function<Situation, Optional<Decision>> objection;

    Guard(Function<Situation, Optional<Decision>> objection) {
        this.objection = objection;
    }

    /** What this guard alone objects to; empty when it lets the repair run. */
    public Optional<Decision> objection(Situation situation) {
        return objection.apply(situation);
    }

    private static final Set<Guard> ALL = EnumSet.allOf(Guard.class);
    private static final Set<Guard> BEFORE_CONFIRMATION = EnumSet.range(FREEZE, SCHEDULE);
    private static final Set<Guard> UNASKED = EnumSet.complementOf(
            EnumSet.of(SILENCE, PIPELINE, DARKNESS, STOP_LINE, LAST_REPLICA, HEALTHY_FLOOR, CONFIRMATION, OBSERVATION));
    /** Nobody is asked about a repair that another guard would stop. */
    private static final Set<Guard> UNASKED_BUT_APPROVAL = UNASKED.stream()
            .filter(guard -> guard != APPROVAL)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Guard.class)));

    private static final Set<Guard> STEP =
            EnumSet.of(FREEZE, PROTECTION, MAINTENANCE, DARKNESS, STOP_LINE, LAST_REPLICA, HEALTHY_FLOOR, QUARANTINE);
    private static final Set<Guard> RESTARTING_STEP = EnumSet.of(
            FREEZE,
            PROTECTION,
            MAINTENANCE,
            DARKNESS,
            STOP_LINE,
            LAST_REPLICA,
            HEALTHY_FLOOR,
            QUARANTINE,
            RESTART_LIMIT);

    /** What all guards together say. */
    public static Decision decide(Situation situation) {
        return objection(situation, ALL).orElse(new Decision.Run());
    }

    /**
     * What the guards object to that need no questions to the world; fleet, silence, pipeline and confirmation are not looked
     * at. Empty when only questions can tell.
     */
    public static Optional<Decision> objectionWithoutAsking(Situation situation) {
        boolean notAsked = situation.history().approval() == History.Approval.NOT_ASKED;
        return objection(situation, notAsked ? UNASKED_BUT_APPROVAL : UNASKED);
    }

    /** What the guards before {@link #CONFIRMATION} object to; diagnosis is worth its trouble only when there is nothing. */
    public static Optional<Decision> objectionBeforeConfirmation(Situation situation) {
        return objection(situation, BEFORE_CONFIRMATION);
    }

    /**
     * What the guards object to before a further step of a repair, or a repetition of one, is carried out: the world went on
     * since the repair was decided. Neither the alert nor silences, pipeline and confirmation are looked at.
     *
     * @param effect of the step
     */
    public static Optional<Decision> objectionToStep(Situation situation, Effect effect) {
        return objection(situation, effect == Effect.RESTART ? RESTARTING_STEP : STEP);
    }

    private static Optional<Decision> objection(Situation situation, Set<Guard> guards) {
        for (Guard guard : guards) {
            Optional<Decision> objection = guard.objection(situation);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<Decision> freeze(Situation s) {
        return s.surroundings().frozenBy().map(who -> new Wait(Reason.FROZEN, who));
    }

    private static Optional<Decision> replay(Situation s) {
        return when(
                !s.surroundings().caughtUp(),
                () -> new Wait(Reason.REPLAY, "incidents from before the start are still being read"));
    }

    private static Optional<Decision> recovery(Situation s) {
        return switch (s.incident().status()) {
            case MERGED ->
                Optional.of(new Refuse(
                        Reason.MERGED, "became part of " + s.incident().mergedInto()));
            case CLOSED -> Optional.of(new Refuse(Reason.RECOVERED, "the incident is closed"));
            case OPEN ->
                when(
                        s.alert().state() == Alert.State.RECOVERED || s.alert().state() == Alert.State.RECOVERING,
                        () -> new Refuse(Reason.RECOVERED, s.alert().name() + " is over"));
        };
    }

    private static Optional<Decision> evidence(Situation s) {
        return when(
                s.alert().state() == Alert.State.UNKNOWN,
                () -> new Wait(
                        Reason.NO_EVIDENCE, "nothing is known of " + s.alert().name()));
    }

    private static Optional<Decision> external(Situation s) {
        return when(
                s.alert().external() && !s.playbook().allowExternal(),
                () -> new Refuse(Reason.EXTERNAL_ALERT, s.playbook().name() + " does not allow external alerts"));
    }

    private static Optional<Decision> silence(Situation s) {
        return switch (s.surroundings().silence()) {
            case Silence.None none -> Optional.empty();
            case Silence.Active(String id) -> Optional.of(new Wait(Reason.SILENCED, "silence " + id));
            case Silence.Unknown(String why) -> Optional.of(new Wait(Reason.SILENCES_UNKNOWN, why));
        };
    }

    private static Optional<Decision> inventory(Situation s) {
        boolean known = s.fleet()
                .inventory()
                .named(s.target().name())
                .filter(s.target()::equals)
                .isPresent();
        boolean meant = s.target().element().equals(s.alert().element());
        return when(
                !known || !meant,
                () -> new Refuse(
                        Reason.NOT_IN_INVENTORY,
                        "the inventory has no target " + s.target().name() + " that is "
                                + s.alert().element()));
    }

    private static Optional<Decision> protection(Situation s) {
        return when(
                s.target().isProtected(),
                () -> new Refuse(Reason.PROTECTED_TARGET, s.target().name() + " is protected"));
    }

    private static Optional<Decision> maintenance(Situation s) {
        return when(
                s.fleet().inventory().inMaintenance(s.target().service(), s.now()),
                () -> new Wait(Reason.MAINTENANCE, s.target().service() + " is in maintenance"));
    }

    private static Optional<Decision> pipeline(Situation s) {
        return s.surroundings().pipelineProblem().map(problem -> new Wait(Reason.PIPELINE_UNHEALTHY, problem));
    }

    /** External alerts carry no such evidence; those that are allowed rest on confirmation alone. */
    private static Optional<Decision> completeness(Situation s) {
        return when(
                !s.alert().external() && !s.alert().quality().complete(),
                () -> new Wait(Reason.INCOMPLETE_DATA, s.alert().name() + " rests on incomplete data"));
    }

    private static Optional<Decision> freshness(Situation s) {
        return s.alert()
                .quality()
                .newestSampleAge()
                .filter(age -> age.compareTo(s.limits().newestSample()) > 0)
                .map(age -> new Refuse(Reason.STALE_DATA, "the newest sample was " + words(age) + " old"));
    }

    /** Counts until the first repair began, or a person was asked: later attempts are bounded by their own limits. */
    private static Optional<Decision> age(Situation s) {
        Duration age = Duration.between(s.alert().since(), s.now());
        boolean begun = s.history().approval() != History.Approval.NOT_ASKED
                || s.history().runs().stream()
                        .anyMatch(run -> run.incident().equals(s.incident().id())
                                && run.target().equals(s.target().name()));
        return when(
                !begun && age.compareTo(s.limits().oldestAlert()) > 0,
                () -> new Refuse(Reason.ALERT_TOO_OLD, s.alert().name() + " is " + words(age) + " old"));
    }

    private static Optional<Decision> settling(Situation s) {
        Duration age = Duration.between(s.alert().since(), s.now());
        return when(
                age.compareTo(s.playbook().after()) < 0,
                () -> new Wait(
                        Reason.TOO_SOON,
                        s.playbook().name() + " acts " + words(s.playbook().after()) + " after the alert"));
    }

    private static Optional<Decision> oneAtATime(Situation s) {
        return running(s, run -> run.target().equals(s.target().name()))
                .map(run -> new Wait(Reason.ALREADY_RUNNING, run.playbook() + " is repairing " + run.target()));
    }

    private static Optional<Decision> deployment(Situation s) {
        return s.history()
                .deployedAt()
                .map(at -> Duration.between(at, s.now()))
                .filter(since -> s.playbook().has(Effect.RESTART)
                        && since.compareTo(s.limits().deployGrace()) < 0)
                .map(since ->
                        new Wait(Reason.DEPLOY_GRACE, s.target().service() + " was deployed " + words(since) + " ago"));
    }

    private static Optional<Decision> darkness(Situation s) {
        List<Target> all = s.fleet().inventory().targets();
        long down = s.fleet().down();
        return when(
                all.size() >= SMALLEST_DARK_FLEET && down > all.size() * DARK_FRACTION,
                () -> new Wait(Reason.FLEET_DARK, down + " of " + all.size() + " targets do not answer"));
    }

    private static Optional<Decision> stopLine(Situation s) {
        List<Target> group = s.fleet().inventory().of(s.target().service());
        long unhealthy = group.size() - s.fleet().serving(group);
        return when(
                group.size() > LARGEST_SMALL_GROUP && unhealthy > group.size() * STOP_FRACTION,
                () -> new Wait(
                        Reason.STOP_LINE,
                        unhealthy + " of " + group.size() + " replicas of "
                                + s.target().service() + " are unhealthy"));
    }

    private static Optional<Decision> blastRadius(Situation s) {
        return running(
                        s,
                        run -> run.service().equals(s.target().service())
                                || run.domain().equals(s.target().domain()))
                .map(run -> new Wait(
                        Reason.BLAST_RADIUS,
                        run.target() + " of " + run.service() + " is being repaired in domain \"" + run.domain()
                                + "\""));
    }

    private static Optional<Decision> blastRadiusHour(Situation s) {
        int most = s.limits().targetsPerHour(s.fleet().inventory().targets().size());
        long others = s.history().runs().stream()
                .filter(run -> since(run, s).compareTo(HOUR) < 0)
                .map(PastRun::target)
                .filter(target -> !target.equals(s.target().name()))
                .distinct()
                .count();
        return when(
                others + 1 > most,
                () -> new Wait(
                        Reason.BLAST_RADIUS_HOUR,
                        others + " other targets were acted on in the last hour, " + most + " are allowed"));
    }

    private static Optional<Decision> lastReplica(Situation s) {
        boolean dead = s.fleet().of(s.target()) == Health.DOWN;
        return when(
                !dead && s.fleet().serving(s.fleet().othersThan(s.target())) == 0,
                () -> new Wait(
                        Reason.LAST_SERVING_REPLICA,
                        "no other replica of " + s.target().service() + " serves, and "
                                + s.target().name() + " is not proven dead"));
    }

    private static Optional<Decision> healthyFloor(Situation s) {
        List<Target> others = s.fleet().othersThan(s.target());
        boolean dead = s.fleet().of(s.target()) == Health.DOWN;
        long serving = s.fleet().serving(others);
        int all = others.size() + 1;
        return when(
                !dead && !others.isEmpty() && serving < all * s.limits().healthyFraction(),
                () -> new Wait(
                        Reason.HEALTHY_FLOOR,
                        "without " + s.target().name() + " " + serving + " of " + all + " replicas serve"));
    }

    private static Optional<Decision> quarantine(Situation s) {
        return when(
                s.history().quarantined().contains(s.target().name()),
                () -> new Refuse(Reason.QUARANTINED, s.target().name() + " waits for a person"));
    }

    private static Optional<Decision> restartLimit(Situation s) {
        int restarts = restarts(s).mapToInt(PastRun::restarts).sum();
        return when(
                s.playbook().has(Effect.RESTART) && restarts >= s.limits().restartsPerHour(),
                () -> new Refuse(
                        Reason.RESTART_LIMIT,
                        s.target().name() + " was restarted " + restarts + " times in the last hour"));
    }

    private static Optional<Decision> backoff(Situation s) {
        List<Instant> restarts = restarts(s).map(PastRun::startedAt).sorted().toList();
        if (!s.playbook().has(Effect.RESTART) || restarts.isEmpty()) {
            return Optional.empty();
        }
        Duration since = Duration.between(restarts.getLast(), s.now());
        Duration least = s.limits().backoffAfter(restarts.size());
        return when(
                since.compareTo(least) < 0,
                () -> new Wait(Reason.BACKOFF, words(least.minus(since)) + " until the next attempt"));
    }

    private static Optional<Decision> circuit(Situation s) {
        Instant reset = s.history().circuitReset().orElse(Instant.MIN);
        long failed = s.history().runs().stream()
                .filter(run -> run.outcome() == PastRun.Outcome.FAILED
                        && run.cause().equals(s.alert().name())
                        && run.service().equals(s.target().service())
                        && since(run, s).compareTo(DAY) < 0
                        && run.startedAt().isAfter(reset))
                .count();
        return when(
                failed >= s.limits().failuresBeforeBreak(),
                () -> new Refuse(
                        Reason.CIRCUIT_OPEN,
                        failed + " repairs of " + s.alert().name() + " in "
                                + s.target().service() + " failed"));
    }

    private static Optional<Decision> schedule(Situation s) {
        return s.playbook()
                .schedule()
                .filter(schedule -> !schedule.open(s.now()))
                .map(schedule -> new Wait(
                        Reason.OUTSIDE_SCHEDULE,
                        "acts from " + schedule.from() + " to " + schedule.to() + " " + schedule.zone()));
    }

    private static Optional<Decision> confirmation(Situation s) {
        return switch (s.surroundings().confirmation()) {
            case Confirmation.Confirmed(int independent) ->
                when(independent < 1, () -> new Wait(Reason.UNCONFIRMED, "no check is independent of the telemetry"));
            case Confirmation.Unconfirmed(String check, String found) ->
                Optional.of(new Wait(Reason.UNCONFIRMED, check + ": " + found));
        };
    }

    private static Optional<Decision> observation(Situation s) {
        return when(
                s.playbook().mode() == Mode.OBSERVE,
                () -> new Refuse(Reason.OBSERVE_ONLY, s.playbook().name() + " would run"));
    }

    private static Optional<Decision> approval(Situation s) {
        boolean needed = s.playbook().mode() == Mode.APPROVE
                || s.playbook().has(Effect.ISOLATE)
                || s.target().stateful();
        if (!needed) {
            return Optional.empty();
        }
        return switch (s.history().approval()) {
            case APPROVED -> Optional.empty();
            case NOT_ASKED, PENDING -> Optional.of(new Wait(Reason.APPROVAL_NEEDED, "a person is asked"));
            case REJECTED -> Optional.of(new Refuse(Reason.APPROVAL_REJECTED, "a person said no"));
            case EXPIRED ->
                Optional.of(new Refuse(Reason.APPROVAL_EXPIRED, "nobody answered in time, or the answer is too old"));
        };
    }

    private static Optional<PastRun> running(Situation s, Predicate<PastRun> which) {
        return s.history().runs().stream()
                .filter(run -> run.outcome() == PastRun.Outcome.RUNNING)
                .filter(which)
                .findFirst();
    }

    private static Stream<PastRun> restarts(Situation s) {
        return s.history().runs().stream()
                .filter(run -> run.restarts() > 0
                        && run.target().equals(s.target().name())
                        && since(run, s).compareTo(HOUR) < 0);
    }

    private static Duration since(PastRun run, Situation s) {
        return Duration.between(run.startedAt(), s.now());
    }

    private static String words(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static Optional<Decision> when(boolean objects, Supplier<Decision> decision) {
        return objects ? Optional.of(decision.get()) : Optional.empty();
    }
}
