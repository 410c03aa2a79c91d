package io.tocsin.selfheal.chaos;

import static io.tocsin.selfheal.chaos.Fault.Kind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Inventory.Maintenance;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The referee is not blind: with a protection taken away, it sees the harm that the protection is there for. */
class ProtectionsTest {

    private static final long SECOND = 1_000;
    private static final int SEEDS = 40;
    private static final Set<Protection> ALL = EnumSet.allOf(Protection.class);

    /** Nothing reaches these in a simulation: what comes before them lets nothing through that they would stop. */
    private static final Set<Guard> NEVER_REACHED = EnumSet.of(Guard.EVIDENCE, Guard.INVENTORY);

    /** A town of one service "a", with six others beside it that a test may hurt, too. */
    private static Scenario scenario(int kind, int replicas, Fault... faults) {
        return scenario(targets(kind, replicas, false), List.of(), faults);
    }

    private static Scenario scenario(List<Target> targets, List<Maintenance> maintenance, Fault... faults) {
        List<Target> all = new ArrayList<>(targets);
        for (int i = 0; i < 12; i++) {
            all.add(target("b" + i, "b" + i, 0, "zone-b" + i, false));
        }
        return new Scenario(0, new Inventory(all, maintenance), limits(4), 2, List.of(faults));
    }

    private static Limits limits(int targetsAnHour) {
        Limits d = Limits.DEFAULT;
        return new Limits(
                d.restartsPerHour(),
                d.backoff(),
                d.failuresBeforeBreak(),
                d.hourlyFraction(),
                targetsAnHour,
                d.healthyFraction(),
                d.deployGrace(),
                d.newestSample(),
                d.oldestAlert(),
                d.approvalWait(),
                d.approvers());
    }

    /** The same with this many targets that may be acted on in an hour. */
    private static Scenario anHour(int targets, Scenario s) {
        return new Scenario(s.seed(), s.inventory(), limits(targets), s.instances(), s.faults());
    }

    private static List<Target> targets(int kind, int replicas, boolean isProtected) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            targets.add(target("a-" + i, "a", kind, "zone-a" + i, isProtected));
        }
        return targets;
    }

    private static Target target(String name, String service, int kind, String zone, boolean isProtected) {
        return new Target(
                name,
                service,
                service,
                zone,
                isProtected,
                false,
                Optional.of(new Template("http://" + name)),
                Map.of("kind", "k" + kind));
    }

    private static Fault fault(long second, Kind kind, String subject, long lasting) {
        return new Fault(second * SECOND, kind, subject, lasting * SECOND);
    }

    private static Fault[] both(long second, Kind kind, long lasting, Fault... more) {
        return Stream.concat(
                        Stream.of(
                                fault(second, kind, Scenario.instance(0), lasting),
                                fault(second, kind, Scenario.instance(1), lasting)),
                        Arrays.stream(more))
                .sorted(Comparator.comparingLong(Fault::at))
                .toArray(Fault[]::new);
    }

    static Stream<Arguments> protections() {
        Fault dies = fault(60, DIES, "a-0", 1_200);
        return Stream.of(
                arguments(
                        Protection.FENCE,
                        Law.ONE_OWNER,
                        scenario(
                                0,
                                3,
                                both(
                                        40,
                                        SLOW_QUESTIONS,
                                        0,
                                        dies,
                                        fault(40, SLOW_QUESTIONS, "a", 600),
                                        fault(85, PAUSED, Scenario.instance(0), 50)))),
                arguments(
                        Protection.TERM,
                        Law.ONE_OWNER,
                        scenario(
                                1,
                                3,
                                dies,
                                fault(60, COMMANDS_HANG, "a-0", 600),
                                fault(82, CUT_FROM_DATABASE, Scenario.instance(0), 110))),
                arguments(
                        Protection.SWITCH_STOPS,
                        Law.FREEZE,
                        scenario(0, 3, dies, fault(60, COMMANDS_HANG, "a-0", 600), fault(90, FROZEN, "", 200))),
                arguments(
                        Protection.DECISION_HOLDS,
                        Law.UNCONFIRMED,
                        scenario(
                                0,
                                3,
                                both(78, KILLED, 200, fault(60, DIES, "a-0", 25), fault(50, DATABASE_SLOW, "", 60)))),
                arguments(Protection.NEWEST_INCIDENT, Law.OVER, slowRound()),
                arguments(
                        Protection.CURRENT_LOG,
                        Law.OVER,
                        scenario(
                                0,
                                3,
                                both(
                                        150,
                                        CUT_FROM_LOG,
                                        600,
                                        fault(60, FALSE_ALERT, "a", 110),
                                        fault(300, PROBE_WRONG, "a-0", 200)))),
                arguments(
                        Protection.STEP_GUARDS,
                        Law.RESTARTS,
                        scenario(1, 3, dies, fault(60, COMMANDS_FAIL, "a-0", 600))),
                arguments(
                        Protection.SHARED_TIME,
                        Law.RESTARTS,
                        scenario(0, 3, both(95, CLOCK_WRONG, 3_000, dies, fault(60, COMMANDS_FAIL, "a-0", 600)))),
                arguments(Protection.VERIFICATION, Law.UNVERIFIED, scenario(0, 3, dies)),
                arguments(
                        Protection.OBSERVATION,
                        Law.REPEATED,
                        scenario(7, 3, both(84, KILLED, 1, dies, fault(60, COMMANDS_HANG, "a-0", 600)))));
    }

    /** Many slow questions in one round; the alert is over before the last of them is answered. */
    private static Scenario slowRound() {
        return scenario(
                0,
                7,
                fault(60, FALSE_ALERT, "a", 60),
                fault(60, SLOW_QUESTIONS, "a", 900),
                fault(60, PROBE_WRONG, "a-5", 900));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protections")
    void withoutAProtectionTheRefereeSeesHarm(Protection protection, Law law, Scenario scenario) {
        assertHarm(scenario, Core.REAL, EnumSet.complementOf(EnumSet.of(protection)), law);
    }

    static Stream<Arguments> guards() {
        Fault dies = fault(60, DIES, "a-0", 1_200);
        return Stream.of(
                arguments(
                        Set.of(Guard.REPLAY),
                        Law.OVER,
                        scenario(
                                0,
                                3,
                                both(
                                        90,
                                        KILLED,
                                        200,
                                        fault(60, FALSE_ALERT, "a", 60),
                                        fault(250, PROBE_WRONG, "a-0", 400)))),
                arguments(Set.of(Guard.RECOVERY), Law.OVER, slowRound()),
                arguments(
                        Set.of(Guard.EXTERNAL),
                        Law.EXTERNAL,
                        scenario(0, 3, fault(60, EXTERNAL_ALERT, "a", 900), fault(200, PROBE_WRONG, "a-0", 600))),
                arguments(Set.of(Guard.SILENCE), Law.NOT_NOW, scenario(0, 3, fault(1, SILENCED, "a", 900), dies)),
                arguments(Set.of(Guard.PROTECTION), Law.NOT_THIS, scenario(targets(0, 3, true), List.of(), dies)),
                arguments(
                        Set.of(Guard.MAINTENANCE),
                        Law.NOT_NOW,
                        scenario(
                                targets(0, 3, false),
                                List.of(new Maintenance("a", Agenda.START, Agenda.START.plusSeconds(900))),
                                dies)),
                arguments(Set.of(Guard.PIPELINE), Law.STALE, scenario(0, 3, fault(1, PIPELINE_DOWN, "", 900), dies)),
                arguments(
                        Set.of(Guard.COMPLETENESS),
                        Law.STALE,
                        scenario(
                                0,
                                3,
                                fault(60, FALSE_ALERT, "a", 900),
                                fault(60, INCOMPLETE, "", 900),
                                fault(200, DIES, "a-0", 600))),
                arguments(
                        Set.of(Guard.FRESHNESS),
                        Law.STALE,
                        scenario(
                                0,
                                3,
                                fault(60, FALSE_ALERT, "a", 900),
                                fault(60, STALE, "a", 900),
                                fault(200, DIES, "a-0", 600))),
                arguments(
                        Set.of(Guard.AGE),
                        Law.AGE,
                        scenario(0, 3, fault(60, FALSE_ALERT, "a", 1_500), fault(900, DIES, "a-0", 600))),
                arguments(Set.of(Guard.SETTLING), Law.AGE, scenario(6, 3, dies)),
                arguments(
                        EnumSet.of(Guard.ONE_AT_A_TIME, Guard.BLAST_RADIUS),
                        Law.BLAST_RADIUS,
                        scenario(0, 5, dies, fault(60, DIES, "a-1", 1_200), fault(60, COMMANDS_HANG, "a-0", 900))),
                arguments(
                        Set.of(Guard.BLAST_RADIUS),
                        Law.BLAST_RADIUS,
                        scenario(0, 5, dies, fault(60, DIES, "a-1", 1_200), fault(60, LIES_OK, "a-0", 900))),
                arguments(Set.of(Guard.DEPLOYMENT), Law.NOT_NOW, scenario(0, 3, fault(10, DEPLOYED, "a", 0), dies)),
                arguments(
                        Set.of(Guard.DARKNESS),
                        Law.UNCONFIRMED,
                        scenario(0, 3, both(100, CUT_FROM_WORLD, 600, fault(60, FALSE_ALERT, "a", 900)))),
                arguments(
                        Set.of(Guard.STOP_LINE),
                        Law.STOP_LINE,
                        scenario(
                                0,
                                7,
                                fault(60, FALSE_ALERT, "a", 900),
                                fault(60, PROBE_UNKNOWN, "a-1", 900),
                                fault(60, PROBE_UNKNOWN, "a-2", 900),
                                fault(150, DIES, "a-0", 900))),
                arguments(
                        Set.of(Guard.BLAST_RADIUS_HOUR),
                        Law.BLAST_RADIUS_HOUR,
                        anHour(1, scenario(0, 3, dies, fault(60, DIES, "b1", 900)))),
                arguments(
                        Set.of(Guard.LAST_REPLICA), Law.LAST_REPLICA, scenario(8, 1, fault(60, FALSE_ALERT, "a", 900))),
                arguments(
                        Set.of(Guard.HEALTHY_FLOOR),
                        Law.HEALTHY_FLOOR,
                        scenario(8, 3, fault(10, DIES, "a-1", 1_200), fault(100, FALSE_ALERT, "a", 900))),
                arguments(EnumSet.of(Guard.QUARANTINE, Guard.RESTART_LIMIT), Law.RESTARTS, againAndAgain()),
                arguments(Set.of(Guard.RESTART_LIMIT), Law.RESTARTS, againAndAgain()),
                arguments(
                        Set.of(Guard.BACKOFF),
                        Law.RESTARTS,
                        scenario(0, 3, dies, fault(60, COMMANDS_FAIL, "a-0", 900))),
                arguments(
                        Set.of(Guard.CIRCUIT),
                        Law.CIRCUIT,
                        scenario(0, 3, dies, fault(60, COMMANDS_FAIL, "a-0", 1_500))),
                arguments(Set.of(Guard.SCHEDULE), Law.NOT_NOW, scenario(6, 3, fault(1_260, DIES, "a-0", 500))),
                arguments(
                        Set.of(Guard.CONFIRMATION), Law.UNCONFIRMED, scenario(0, 3, fault(60, FALSE_ALERT, "a", 900))),
                arguments(Set.of(Guard.OBSERVATION), Law.NOT_THIS, scenario(5, 3, dies)),
                arguments(Set.of(Guard.APPROVAL), Law.APPROVAL, scenario(3, 3, dies)));
    }

    /** The first repair restarts three times; a second one would be one too many. */
    private static Scenario againAndAgain() {
        return scenario(1, 3, fault(60, DIES, "a-0", 1_200), fault(60, COMMANDS_FAIL, "a-0", 900));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guards")
    void withoutAGuardTheRefereeSeesHarm(Set<Guard> guards, Law law, Scenario scenario) {
        assertHarm(scenario, without(guards), ALL, law);
    }

    /** Behind the guard FREEZE stands the repair itself, which does not begin a step; behind both, nothing does. */
    @Test
    void withoutAnyKillSwitchTheRefereeSeesHarm() {
        Scenario scenario = scenario(0, 3, fault(30, FROZEN, "", 900), fault(60, DIES, "a-0", 1_200));
        assertHarm(
                scenario,
                without(Set.of(Guard.FREEZE)),
                EnumSet.complementOf(EnumSet.of(Protection.SWITCH_STOPS)),
                Law.FREEZE);
    }

    @Test
    void everyGuardAndProtectionIsTakenAwayOnce() {
        Set<Guard> taken = guards().flatMap(each -> ((Set<?>) each.get()[0]).stream())
                .map(Guard.class::cast)
                .collect(Collectors.toCollection(() -> EnumSet.of(Guard.FREEZE)));
        assertThat(taken).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(NEVER_REACHED)));
        assertThat(protections().map(each -> each.get()[0])).containsExactlyInAnyOrder((Object[]) Protection.values());
    }

    private static void assertHarm(Scenario scenario, Core core, Set<Protection> protections, Law law) {
        assertThat(histories(scenario, SEEDS / 4)
                        .map(each -> Chaos.run(each, Core.REAL, ALL, line -> {}))
                        .filter(outcome -> !outcome.good())
                        .flatMap(outcome -> outcome.violations().stream()))
                .as("with everything in place")
                .isEmpty();
        assertThat(histories(scenario, SEEDS)
                        .flatMap(each -> Chaos.run(each, core, protections, line -> {}).violations().stream())
                        .anyMatch(violation -> violation.law() == law))
                .as(law + " is broken without it")
                .isTrue();
    }

    private static Stream<Scenario> histories(Scenario scenario, int seeds) {
        return LongStream.range(0, seeds)
                .mapToObj(seed -> new Scenario(
                        seed, scenario.inventory(), scenario.limits(), scenario.instances(), scenario.faults()));
    }

    private static Core without(Set<Guard> guards) {
        return new Core() {
            private Optional<Decision> objection(Situation situation, Set<Guard> asked) {
                return asked.stream()
                        .filter(guard -> !guards.contains(guard))
                        .flatMap(guard -> guard.objection(situation).stream())
                        .findFirst();
            }

            @Override
            public Optional<Decision> withoutAsking(Situation situation) {
                EnumSet<Guard> unasked = EnumSet.complementOf(EnumSet.of(
                        Guard.SILENCE,
                        Guard.PIPELINE,
                        Guard.DARKNESS,
                        Guard.STOP_LINE,
                        Guard.LAST_REPLICA,
                        Guard.HEALTHY_FLOOR,
                        Guard.CONFIRMATION,
                        Guard.OBSERVATION));
                if (situation.history().approval() == History.Approval.NOT_ASKED) {
                    unasked.remove(Guard.APPROVAL);
                }
                return objection(situation, unasked);
            }

            @Override
            public Optional<Decision> beforeConfirmation(Situation situation) {
                return objection(situation, EnumSet.range(Guard.FREEZE, Guard.SCHEDULE));
            }

            @Override
            public Decision decide(Situation situation) {
                return objection(situation, EnumSet.allOf(Guard.class)).orElse(new Decision.Run());
            }
        };
    }
}
