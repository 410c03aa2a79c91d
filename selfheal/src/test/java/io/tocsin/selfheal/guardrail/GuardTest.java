package io.tocsin.selfheal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.selfheal.guardrail.Decision.Refuse;
import io.tocsin.selfheal.guardrail.Decision.Run;
import io.tocsin.selfheal.guardrail.Decision.Wait;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.PastRun.Outcome;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory.Maintenance;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {

    private static final Instant NOW = Scene.NOW;

    @Test
    void nothingObjectsToARepairThatIsClearlyRight() {
        assertThat(Guard.decide(new Scene().situation())).isEqualTo(new Run());
        assertThat(Guard.objectionWithoutAsking(new Scene().situation())).isEmpty();
        assertThat(Guard.objectionBeforeConfirmation(new Scene().situation())).isEmpty();
    }

    /** The scene is spoilt in one point: exactly the guard in question objects, so that without it the repair would run. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void eachGuardAloneStopsWhatItIsThereFor(Guard guard, String what, Consumer<Scene> spoil, Decision expected) {
        Scene scene = new Scene();
        spoil.accept(scene);
        Situation situation = scene.situation();
        assertThat(Guard.decide(situation)).isEqualTo(expected);
        assertThat(Arrays.stream(Guard.values())
                        .filter(each -> each.objection(situation).isPresent()))
                .containsExactly(guard);
    }

    @Test
    void everyGuardIsInTheTable() {
        Set<Guard> tested = eachGuardAloneStopsWhatItIsThereFor()
                .map(row -> (Guard) row.get()[0])
                .collect(Collectors.toSet());
        assertThat(tested).containsExactlyInAnyOrder(Guard.values());
    }

    static Stream<Arguments> eachGuardAloneStopsWhatItIsThereFor() {
        return Stream.of(
                row(Guard.FREEZE, s -> s.frozenBy = Optional.of("ada: no"), new Wait(Reason.FROZEN, "ada: no")),
                row(
                        Guard.REPLAY,
                        s -> s.caughtUp = false,
                        new Wait(Reason.REPLAY, "incidents from before the start are still being read")),
                row(
                        Guard.RECOVERY,
                        s -> s.status = Incident.Status.CLOSED,
                        new Refuse(Reason.RECOVERED, "the incident is closed")),
                row(
                        Guard.RECOVERY,
                        s -> s.status = Incident.Status.MERGED,
                        new Refuse(Reason.MERGED, "became part of i2")),
                row(Guard.RECOVERY, s -> s.state = Alert.State.RECOVERED, new Refuse(Reason.RECOVERED, "Down is over")),
                row(
                        Guard.RECOVERY,
                        s -> s.state = Alert.State.RECOVERING,
                        new Refuse(Reason.RECOVERED, "Down is over")),
                row(
                        Guard.EVIDENCE,
                        s -> s.state = Alert.State.UNKNOWN,
                        new Wait(Reason.NO_EVIDENCE, "nothing is known of Down")),
                row(
                        Guard.EXTERNAL,
                        s -> s.external = true,
                        new Refuse(Reason.EXTERNAL_ALERT, "restart does not allow external alerts")),
                row(Guard.SILENCE, s -> s.silence = new Silence.Active("s1"), new Wait(Reason.SILENCED, "silence s1")),
                row(
                        Guard.SILENCE,
                        s -> s.silence = new Silence.Unknown("no answer"),
                        new Wait(Reason.SILENCES_UNKNOWN, "no answer")),
                row(
                        Guard.INVENTORY,
                        s -> s.element = "cart",
                        new Refuse(Reason.NOT_IN_INVENTORY, "the inventory has no target shop-1 that is cart")),
                row(
                        Guard.INVENTORY,
                        s -> s.target = Scene.target("shop", 1, false, true),
                        s -> s.approval = History.Approval.APPROVED,
                        new Refuse(Reason.NOT_IN_INVENTORY, "the inventory has no target shop-1 that is shop")),
                row(
                        Guard.PROTECTION,
                        s -> s.replace(Scene.target("shop", 1, true, false)),
                        new Refuse(Reason.PROTECTED_TARGET, "shop-1 is protected")),
                row(
                        Guard.MAINTENANCE,
                        s -> s.maintenance = List.of(new Maintenance("shop", NOW, NOW.plusSeconds(1))),
                        new Wait(Reason.MAINTENANCE, "shop is in maintenance")),
                row(
                        Guard.PIPELINE,
                        s -> s.pipelineProblem = Optional.of("a shard is stalled"),
                        new Wait(Reason.PIPELINE_UNHEALTHY, "a shard is stalled")),
                row(
                        Guard.COMPLETENESS,
                        s -> s.complete = false,
                        new Wait(Reason.INCOMPLETE_DATA, "Down rests on incomplete data")),
                row(
                        Guard.FRESHNESS,
                        s -> s.sampleAge = Optional.of(Duration.ofSeconds(91)),
                        new Refuse(Reason.STALE_DATA, "the newest sample was 91 s old")),
                row(
                        Guard.AGE,
                        s -> s.alertAge = Duration.ofSeconds(601),
                        new Refuse(Reason.ALERT_TOO_OLD, "Down is 601 s old")),
                row(
                        Guard.AGE,
                        s -> s.alertAge = Duration.ofSeconds(601),
                        // Neither another incident's repair of it nor this incident's of another target began this one.
                        s -> s.runs = List.of(
                                ran(1, 61),
                                new PastRun(
                                        "i1", "restart", "shop-2", "shop", "d", "Down", 1, past(61), Outcome.VERIFIED)),
                        new Refuse(Reason.ALERT_TOO_OLD, "Down is 601 s old")),
                row(
                        Guard.SETTLING,
                        s -> s.after = Duration.ofSeconds(61),
                        new Wait(Reason.TOO_SOON, "restart acts 61 s after the alert")),
                row(
                        Guard.DEPLOYMENT,
                        s -> s.deployedAt = Optional.of(NOW.minusSeconds(899)),
                        new Wait(Reason.DEPLOY_GRACE, "shop was deployed 899 s ago")),
                row(
                        Guard.DARKNESS,
                        s -> {
                            s.replicas(1);
                            s.health(Health.DOWN, "cart-1", "cart-2");
                        },
                        new Wait(Reason.FLEET_DARK, "3 of 5 targets do not answer")),
                row(
                        Guard.DARKNESS,
                        s -> {
                            s.replicas(1);
                            s.inventory.removeIf(
                                    each -> Set.of("cart-3", "cart-4").contains(each.name()));
                            s.health(Health.DOWN, "cart-1");
                        },
                        new Wait(Reason.FLEET_DARK, "2 of 3 targets do not answer")),
                row(
                        Guard.STOP_LINE,
                        s -> s.health(Health.UNKNOWN, "shop-2"),
                        new Wait(Reason.STOP_LINE, "2 of 6 replicas of shop are unhealthy")),
                row(
                        Guard.LAST_REPLICA,
                        s -> {
                            s.replicas(1);
                            s.health(Health.UNKNOWN, "shop-1");
                        },
                        new Wait(
                                Reason.LAST_SERVING_REPLICA,
                                "no other replica of shop serves, and shop-1 is not proven dead")),
                row(
                        Guard.HEALTHY_FLOOR,
                        s -> s.replicas(2),
                        s -> s.health(Health.SERVING, "shop-1"),
                        new Wait(Reason.HEALTHY_FLOOR, "without shop-1 1 of 2 replicas serve")),
                row(
                        Guard.QUARANTINE,
                        s -> s.quarantined = Set.of("shop-1"),
                        new Refuse(Reason.QUARANTINED, "shop-1 waits for a person")),
                row(
                        Guard.RESTART_LIMIT,
                        s -> s.runs = List.of(ran(1, 20), ran(1, 30), ran(1, 59)),
                        new Refuse(Reason.RESTART_LIMIT, "shop-1 was restarted 3 times in the last hour")),
                row(
                        Guard.BACKOFF,
                        s -> s.runs = List.of(Scene.run("shop", 1, Duration.ofSeconds(59), Outcome.VERIFIED)),
                        new Wait(Reason.BACKOFF, "1 s until the next attempt")),
                row(
                        Guard.BACKOFF,
                        s -> s.runs = List.of(ran(1, 50), ran(1, 4)),
                        new Wait(Reason.BACKOFF, "60 s until the next attempt")),
                row(
                        Guard.CIRCUIT,
                        s -> s.runs = List.of(failed(2, 61), failed(3, 1439)),
                        new Refuse(Reason.CIRCUIT_OPEN, "2 repairs of Down in shop failed")),
                row(
                        Guard.CIRCUIT,
                        s -> {
                            s.runs = List.of(failed(2, 61), failed(3, 62), failed(4, 63));
                            s.circuitReset = Optional.of(NOW.minus(Duration.ofMinutes(63)));
                        },
                        new Refuse(Reason.CIRCUIT_OPEN, "2 repairs of Down in shop failed")),
                row(
                        Guard.SCHEDULE,
                        s -> s.schedule = hours("10:01", "18:00"),
                        new Wait(Reason.OUTSIDE_SCHEDULE, "acts from 10:01 to 18:00 Z")),
                row(
                        Guard.ONE_AT_A_TIME,
                        // Also a repair that was begun before this target was moved to another service and domain.
                        s -> s.runs = List.of(new PastRun(
                                "i9", "other", "shop-1", "old", "old node", "Down", 0, NOW, Outcome.RUNNING)),
                        new Wait(Reason.ALREADY_RUNNING, "other is repairing shop-1")),
                row(
                        Guard.BLAST_RADIUS,
                        s -> s.runs = List.of(Scene.run("shop", 2, Duration.ofMinutes(61), Outcome.RUNNING)),
                        new Wait(Reason.BLAST_RADIUS, "shop-2 of shop is being repaired in domain \"shop node 2\"")),
                row(
                        Guard.BLAST_RADIUS,
                        s -> s.runs = List.of(new PastRun(
                                "i9",
                                "other",
                                "cart-9",
                                "cart",
                                "shop node 1",
                                "Down",
                                0,
                                NOW.minus(Duration.ofHours(1)),
                                Outcome.RUNNING)),
                        new Wait(Reason.BLAST_RADIUS, "cart-9 of cart is being repaired in domain \"shop node 1\"")),
                row(
                        Guard.BLAST_RADIUS_HOUR,
                        s -> s.runs = List.of(Scene.run("cart", 2, Duration.ofMinutes(59), Outcome.VERIFIED)),
                        new Wait(
                                Reason.BLAST_RADIUS_HOUR,
                                "1 other targets were acted on in the last hour, 1 are allowed")),
                row(
                        Guard.CONFIRMATION,
                        s -> s.confirmation = new Confirmation.Unconfirmed("http x is down", "it answered 200"),
                        new Wait(Reason.UNCONFIRMED, "http x is down: it answered 200")),
                row(
                        Guard.CONFIRMATION,
                        s -> s.confirmation = new Confirmation.Confirmed(0),
                        new Wait(Reason.UNCONFIRMED, "no check is independent of the telemetry")),
                row(
                        Guard.OBSERVATION,
                        s -> s.mode = Mode.OBSERVE,
                        new Refuse(Reason.OBSERVE_ONLY, "restart would run")),
                row(Guard.APPROVAL, s -> s.mode = Mode.APPROVE, new Wait(Reason.APPROVAL_NEEDED, "a person is asked")),
                row(
                        Guard.APPROVAL,
                        s -> s.effect = Effect.ISOLATE,
                        new Wait(Reason.APPROVAL_NEEDED, "a person is asked")),
                row(
                        Guard.APPROVAL,
                        s -> s.replace(Scene.target("shop", 1, false, true)),
                        new Wait(Reason.APPROVAL_NEEDED, "a person is asked")),
                row(
                        Guard.APPROVAL,
                        s -> s.mode = Mode.APPROVE,
                        s -> s.approval = History.Approval.PENDING,
                        new Wait(Reason.APPROVAL_NEEDED, "a person is asked")),
                row(
                        Guard.APPROVAL,
                        s -> s.mode = Mode.APPROVE,
                        s -> s.approval = History.Approval.REJECTED,
                        new Refuse(Reason.APPROVAL_REJECTED, "a person said no")),
                row(
                        Guard.APPROVAL,
                        s -> s.mode = Mode.APPROVE,
                        s -> s.approval = History.Approval.EXPIRED,
                        new Refuse(Reason.APPROVAL_EXPIRED, "nobody answered in time, or the answer is too old")));
    }

    /** The other side of each bound: the repair runs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nothingIsStoppedThatMayRun(String what, Consumer<Scene> change) {
        Scene scene = new Scene();
        change.accept(scene);
        assertThat(Guard.decide(scene.situation())).isEqualTo(new Run());
    }

    static Stream<Arguments> nothingIsStoppedThatMayRun() {
        return Stream.of(
                free("an external alert that is allowed needs no data of ours", s -> {
                    s.external = true;
                    s.allowExternal = true;
                    s.complete = false;
                }),
                free("maintenance is over", s -> s.maintenance = List.of(window("shop", -60, 0))),
                free("maintenance has not begun", s -> s.maintenance = List.of(window("shop", 1, 60))),
                free("maintenance of another service", s -> s.maintenance = List.of(window("cart", -60, 60))),
                free("the sample is just fresh", s -> s.sampleAge = Optional.of(Duration.ofSeconds(90))),
                free("absence has no sample", s -> s.sampleAge = Optional.empty()),
                free("the alert is just young", s -> s.alertAge = Duration.ofMinutes(10)),
                free("an old alert whose repair was begun", s -> {
                    s.alertAge = Duration.ofMinutes(20);
                    s.runs = List.of(new PastRun(
                            "i1", "restart", "shop-1", "shop", "d", "Down", 1, NOW.minusSeconds(300), Outcome.FAILED));
                }),
                free("an old alert that a person allowed", s -> {
                    s.alertAge = Duration.ofMinutes(20);
                    s.mode = Mode.APPROVE;
                    s.approval = History.Approval.APPROVED;
                }),
                free("it has settled", s -> s.after = Duration.ofSeconds(60)),
                free("the deployment's grace is over", s -> s.deployedAt = Optional.of(NOW.minusSeconds(900))),
                free("a rollback right after a deployment", s -> {
                    s.deployedAt = Optional.of(NOW);
                    s.effect = Effect.ROLLBACK;
                }),
                free("half of the fleet is dark", s -> {
                    s.replicas(1);
                    s.inventory.removeIf(each -> each.name().equals("cart-4"));
                    s.health(Health.DOWN, "cart-1");
                }),
                free("two targets are too few for darkness", s -> {
                    s.replicas(2);
                    s.inventory.removeIf(each -> each.service().equals("cart"));
                    s.health(Health.DOWN, "shop-2");
                }),
                free("a small group has no stop line", s -> {
                    s.replicas(5);
                    s.health(Health.UNKNOWN, "shop-2", "shop-3");
                }),
                free("a fifth of a large group", s -> {
                    s.grow(10);
                    s.health(Health.UNKNOWN, "shop-2");
                }),
                free("the last replica is proven dead", s -> s.replicas(1)),
                free("others serve, and the target does too", s -> s.health(Health.SERVING, "shop-1")),
                free("the target is half dead and others serve", s -> s.health(Health.UNKNOWN, "shop-1")),
                free("another target is in quarantine", s -> s.quarantined = Set.of("shop-2")),
                free("restarts an hour ago", s -> s.runs = List.of(ran(1, 20), ran(1, 30), ran(1, 60))),
                free("what is no restart has no restart limit", s -> {
                    s.effect = Effect.CHANGE;
                    s.runs = List.of(ran(1, 1), ran(1, 30), ran(1, 59));
                }),
                free("the first backoff is over", s -> s.runs = List.of(ran(1, 1))),
                free("the second backoff is over", s -> s.runs = List.of(ran(1, 50), ran(1, 5))),
                free("one failure", s -> s.runs = List.of(failed(2, 61))),
                free("failures of yesterday", s -> s.runs = List.of(failed(2, 1440), failed(3, 61))),
                free(
                        "failures of another cause",
                        s -> s.runs = List.of(
                                failed(2, 61),
                                new PastRun("i9", "p", "shop-3", "shop", "d", "Slow", 1, past(62), Outcome.FAILED))),
                free(
                        "failures of another service",
                        s -> s.runs =
                                List.of(failed(2, 61), Scene.run("cart", 1, Duration.ofMinutes(62), Outcome.FAILED))),
                free("successes", s -> s.runs = List.of(ran(2, 61), ran(3, 62))),
                free("failures before a person closed the circuit", s -> {
                    s.runs = List.of(failed(2, 61), failed(3, 62));
                    s.circuitReset = Optional.of(past(61));
                }),
                free(
                        "another service and domain is being repaired",
                        s -> s.runs = List.of(Scene.run("cart", 2, Duration.ofMinutes(60), Outcome.RUNNING))),
                free("the schedule has just opened", s -> s.schedule = hours("10:00", "18:00")),
                free("a person agreed", s -> {
                    s.mode = Mode.APPROVE;
                    s.approval = History.Approval.APPROVED;
                }));
    }

    @Test
    void theFloorItselfIsEnough() {
        Scene scene = new Scene();
        scene.grow(100);
        scene.health(Health.UNKNOWN, "shop-1");
        for (int i = 53; i <= 100; i++) {
            scene.health(Health.DOWN, "shop-" + i);
        }
        assertThat(Guard.HEALTHY_FLOOR.objection(scene.situation())).isEmpty();
        scene.health(Health.DOWN, "shop-52");
        assertThat(Guard.HEALTHY_FLOOR.objection(scene.situation()))
                .contains(new Wait(Reason.HEALTHY_FLOOR, "without shop-1 50 of 100 replicas serve"));
    }

    @Test
    void anotherAnswerOfTheWorldChangesNothingElse() {
        Situation situation = new Scene().situation();
        assertThat(situation.with(situation.fleet(), situation.surroundings(), situation.now()))
                .isEqualTo(situation);
    }

    /** A further step is looked at anew, but neither its alert nor what was decided once. */
    @Test
    void aFurtherStepIsStoppedByWhatHappenedMeanwhile() {
        Scene alone = new Scene();
        alone.runs = List.of(Scene.run("shop", 1, Duration.ofMinutes(1), Outcome.RUNNING));
        assertThat(Guard.objectionToStep(alone.situation(), Effect.RESTART)).isEmpty();
        alone.replicas(2);
        alone.health.put("shop-1", Health.SERVING);
        alone.health.put("shop-2", Health.DOWN);
        assertThat(Guard.objectionToStep(alone.situation(), Effect.RESTART))
                .contains(new Wait(
                        Reason.LAST_SERVING_REPLICA, "no other replica of shop serves, and shop-1 is not proven dead"));
        Scene often = new Scene();
        often.runs = List.of(ran(1, 30), ran(1, 20), ran(1, 10));
        assertThat(Guard.objectionToStep(often.situation(), Effect.RESTART))
                .contains(new Refuse(Reason.RESTART_LIMIT, "shop-1 was restarted 3 times in the last hour"));
        assertThat(Guard.objectionToStep(often.situation(), Effect.CHANGE)).isEmpty();
        Scene frozen = new Scene();
        frozen.frozenBy = Optional.of("ann: no");
        assertThat(Guard.objectionToStep(frozen.situation(), Effect.CHANGE))
                .contains(new Wait(Reason.FROZEN, "ann: no"));
    }

    @Test
    void aRepairThatRestartedTwiceCountsTwice() {
        Scene scene = new Scene();
        PastRun once = ran(1, 30);
        scene.runs = List.of(
                ran(1, 20),
                new PastRun(
                        once.incident(),
                        once.playbook(),
                        once.target(),
                        once.service(),
                        once.domain(),
                        once.cause(),
                        2,
                        once.startedAt(),
                        once.outcome()));
        assertThat(Guard.RESTART_LIMIT.objection(scene.situation())).isPresent();
    }

    @Test
    void theFirstObjectionInTheDocumentedOrderDecides() {
        assertThat(Guard.values())
                .extracting(Guard::name)
                .containsExactly(
                        "FREEZE",
                        "REPLAY",
                        "RECOVERY",
                        "EVIDENCE",
                        "EXTERNAL",
                        "SILENCE",
                        "INVENTORY",
                        "PROTECTION",
                        "MAINTENANCE",
                        "PIPELINE",
                        "COMPLETENESS",
                        "FRESHNESS",
                        "AGE",
                        "SETTLING",
                        "ONE_AT_A_TIME",
                        "DEPLOYMENT",
                        "DARKNESS",
                        "STOP_LINE",
                        "BLAST_RADIUS",
                        "BLAST_RADIUS_HOUR",
                        "LAST_REPLICA",
                        "HEALTHY_FLOOR",
                        "QUARANTINE",
                        "RESTART_LIMIT",
                        "BACKOFF",
                        "CIRCUIT",
                        "SCHEDULE",
                        "CONFIRMATION",
                        "OBSERVATION",
                        "APPROVAL");
        Scene scene = new Scene();
        scene.frozenBy = Optional.of("ada");
        scene.mode = Mode.OBSERVE;
        scene.confirmation = new Confirmation.Unconfirmed("c", "d");
        assertThat(Guard.decide(scene.situation())).isEqualTo(new Wait(Reason.FROZEN, "ada"));
        scene.frozenBy = Optional.empty();
        assertThat(Guard.decide(scene.situation())).isEqualTo(new Wait(Reason.UNCONFIRMED, "c: d"));
    }

    /** Whatever is known without asking stops a repair before the world is asked; nothing else does. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("eachGuardAloneStopsWhatItIsThereFor")
    void theWorldIsAskedOnlyWhenNothingKnownObjects(
            Guard guard, String what, Consumer<Scene> spoil, Decision expected) {
        Scene scene = new Scene();
        spoil.accept(scene);
        boolean beforeConfirmation = guard.compareTo(Guard.CONFIRMATION) < 0;
        assertThat(Guard.objectionBeforeConfirmation(scene.situation()))
                .isEqualTo(beforeConfirmation ? Optional.of(expected) : Optional.empty());
        boolean known = switch (guard) {
            case SILENCE, PIPELINE, DARKNESS, STOP_LINE, LAST_REPLICA, HEALTHY_FLOOR, CONFIRMATION, OBSERVATION ->
                false;
            case APPROVAL -> scene.approval != History.Approval.NOT_ASKED;
            default -> true;
        };
        scene.silence = new Silence.Unknown("not asked");
        scene.pipelineProblem = Optional.of("not asked");
        scene.confirmation = new Confirmation.Unconfirmed("not", "asked");
        scene.health.clear();
        assertThat(Guard.objectionWithoutAsking(scene.situation()))
                .isEqualTo(known ? Optional.of(expected) : Optional.empty());
    }

    private static Arguments row(Guard guard, Consumer<Scene> spoil, Decision expected) {
        return arguments(guard, expected.toString(), spoil, expected);
    }

    private static Arguments row(Guard guard, Consumer<Scene> spoil, Consumer<Scene> more, Decision expected) {
        return row(guard, spoil.andThen(more), expected);
    }

    private static Arguments free(String what, Consumer<Scene> change) {
        return arguments(what, change);
    }

    private static PastRun ran(int replica, int minutesAgo) {
        return Scene.run("shop", replica, Duration.ofMinutes(minutesAgo), Outcome.VERIFIED);
    }

    private static PastRun failed(int replica, int minutesAgo) {
        return Scene.run("shop", replica, Duration.ofMinutes(minutesAgo), Outcome.FAILED);
    }

    private static Instant past(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static Maintenance window(String service, int from, int until) {
        return new Maintenance(service, NOW.plusSeconds(from), NOW.plusSeconds(until));
    }

    private static Optional<Schedule> hours(String from, String to) {
        return Optional.of(new Schedule(
                EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to), ZoneOffset.UTC));
    }
}
