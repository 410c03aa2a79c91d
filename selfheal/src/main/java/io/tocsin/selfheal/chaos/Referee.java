package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.History.Approval;
import io.tocsin.selfheal.machine.Input;
import io.tocsin.selfheal.machine.RunState;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches from above, where everything is seen, and knows nothing of guards. What changed within the last {@link #LAG} is
 * not held against anybody: no question to the world is answered at once.
 */
final class Referee {

    /** A decision may rest on answers 5 s old, holds 15 s, and a log out of reach is noticed after 15 s. */
    static final long LAG = 45_000;

    private static final long HOUR = 3_600_000;
    private static final long SWITCH = 5_000;
    private static final int SMALL_FLEET = 3;
    private static final int SMALL_GROUP = 5;

    private final Simulation simulation;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Act, Long> atWork = new HashMap<>();
    private final List<Begun> begun = new ArrayList<>();
    private final Map<String, Integer> clear = new HashMap<>();
    private final Set<String> mayRepeat = new HashSet<>();

    private record Begun(long at, Act act) {}

    Referee(Simulation simulation) {
        this.simulation = simulation;
    }

    List<Violation> violations() {
        return violations;
    }

    int actions() {
        return begun.size();
    }

    /** A command begins. */
    void begins(Act act) {
        owners(act);
        frozen(act);
        restarts(act);
        repeated(act);
        if (!act.undoing() && act.step().effect() != Effect.INSPECT) {
            replicas(act);
        }
        if (act.first()) {
            right(act);
            evidence(act);
            people(act);
            radius(act);
        }
        begun.add(new Begun(now(), act));
        atWork.put(act, now());
    }

    /** A command is over, or dead. */
    void ends(Act act) {
        atWork.remove(act);
    }

    private long now() {
        return simulation.agenda().now();
    }

    private void broken(boolean is, Law law, Act act, String what) {
        if (is) {
            violations.add(new Violation(
                    now(), law, act.run().id() + " " + act.step().name() + " by " + act.instance() + ": " + what));
        }
    }

    private void owners(Act act) {
        broken(!simulation.ledger().owner(act.instance()), Law.ONE_OWNER, act, "it does not own the right to act");
        for (Act other : atWork.keySet()) {
            if (still(other)) {
                // It dies as soon as its machine goes on.
                continue;
            }
            broken(
                    !other.instance().equals(act.instance()),
                    Law.ONE_OWNER,
                    act,
                    other.instance() + " is at work on " + other.run().id());
            boolean near = other.target().service().equals(act.target().service())
                    || other.target().domain().equals(act.target().domain());
            broken(near, Law.BLAST_RADIUS, act, other.run().id() + " is at work beside it");
        }
    }

    /**
     * Whether its machine stands still, or goes on in this very millisecond: the order of what happens within one says
     * nothing, and whoever was away first looks whether it still may act.
     */
    private boolean still(Act act) {
        return simulation.agenda().now() <= simulation.resumes(act.instance());
    }

    private void frozen(Act act) {
        broken(simulation.frozenFor() > SWITCH, Law.FREEZE, act, "begun " + simulation.frozenFor() + " ms after");
    }

    private void replicas(Act act) {
        Town town = simulation.town();
        List<Target> group = town.replicas(act.target().service());
        if (sure(act.target(), Health.DOWN, false)) {
            List<Target> others =
                    group.stream().filter(other -> !other.equals(act.target())).toList();
            boolean last = others.stream().allMatch(other -> sure(other, Health.SERVING, false));
            broken(last, Law.LAST_REPLICA, act, "no other replica is seen to serve");
            long notServing = others.stream()
                    .filter(other -> sure(other, Health.SERVING, false))
                    .count();
            double least = group.size() * Limits.DEFAULT.healthyFraction();
            broken(
                    !others.isEmpty() && others.size() - notServing < least,
                    Law.HEALTHY_FLOOR,
                    act,
                    notServing + " of " + others.size() + " others do not serve");
        }
        List<Target> all = town.inventory().targets();
        long down = all.stream().filter(each -> sure(each, Health.DOWN, true)).count();
        broken(all.size() >= SMALL_FLEET && down * 2 > all.size(), Law.DARKNESS, act, down + " of " + all.size());
        long bad =
                group.stream().filter(each -> sure(each, Health.SERVING, false)).count();
        broken(
                group.size() > SMALL_GROUP && bad * 5 > group.size(),
                Law.STOP_LINE,
                act,
                bad + " of " + group.size() + " are unhealthy");
    }

    /** Whether a target has looked like this, or not like this, for so long that everybody can know. */
    private boolean sure(Target target, Health how, boolean like) {
        return (simulation.town().looks(target) == how) == like
                && simulation.town().looksFor(target) > LAG;
    }

    private void evidence(Act act) {
        Newsroom newsroom = simulation.newsroom();
        String incident = act.run().incident();
        broken(newsroom.since(incident, Newsroom.What.OVER) > LAG, Law.OVER, act, "its alert does not fire");
        broken(newsroom.since(incident, Newsroom.What.UNKNOWN) > LAG, Law.OVER, act, "nothing is known");
        broken(newsroom.since(incident, Newsroom.What.STALE) > LAG, Law.STALE, act, "old samples");
        broken(newsroom.since(incident, Newsroom.What.INCOMPLETE) > LAG, Law.STALE, act, "incomplete data");
        broken(holds(Kind.PIPELINE_DOWN, "") > LAG, Law.STALE, act, "the pipeline is not well");
        broken(
                newsroom.since(incident, Newsroom.What.EXTERNAL) > LAG
                        && !act.playbook().allowExternal(),
                Law.EXTERNAL,
                act,
                "an alert from outside");
        boolean probed = act.playbook().diagnose().stream().anyMatch(Check.Http.class::isInstance);
        broken(
                probed && sure(act.target(), Health.SERVING, true),
                Law.UNCONFIRMED,
                act,
                "its probe says that it serves");
    }

    private long holds(Kind kind, String subject) {
        return simulation.faults().since(kind, subject, now());
    }

    private void right(Act act) {
        Target target = act.target();
        String service = target.service();
        broken(target.isProtected(), Law.NOT_THIS, act, "protected");
        broken(act.playbook().mode() == Mode.OBSERVE, Law.NOT_THIS, act, "only to be observed");
        broken(simulation.ledger().quarantined().contains(target.name()), Law.NOT_THIS, act, "in quarantine");
        broken(holds(Kind.SILENCED, service) > LAG, Law.NOT_NOW, act, "silenced");
        broken(holds(Kind.SILENCES_UNKNOWN, "") > LAG, Law.NOT_NOW, act, "silences are unknown");
        var at = simulation.agenda().instant();
        broken(
                simulation.town().inventory().inMaintenance(service, at)
                        && simulation.town().inventory().inMaintenance(service, at.minusMillis(LAG)),
                Law.NOT_NOW,
                act,
                "in maintenance");
        broken(
                act.playbook()
                        .schedule()
                        .filter(open -> !open.open(at) && !open.open(at.minusMillis(LAG)))
                        .isPresent(),
                Law.NOT_NOW,
                act,
                "outside its schedule");
        long deployed = simulation
                .ledger()
                .deployed(service)
                .map(since -> now() - since)
                .orElse(-1L);
        broken(
                deployed > LAG
                        && deployed < Limits.DEFAULT.deployGrace().toMillis()
                        && act.playbook().has(Effect.RESTART),
                Law.NOT_NOW,
                act,
                "just deployed");
        long age = now() - simulation.firing(act.run().incident());
        broken(age < act.playbook().after().toMillis() - SWITCH, Law.AGE, act, "its alert has only begun");
        boolean again = simulation.ledger().runs().stream()
                .anyMatch(run -> run.incident().equals(act.run().incident())
                        && !run.id().equals(act.run().id()));
        boolean asked = simulation.ledger().approval(act.run().id()) != Approval.NOT_ASKED;
        broken(
                !again && !asked && age > Limits.DEFAULT.oldestAlert().toMillis() + LAG,
                Law.AGE,
                act,
                "its alert is too old");
    }

    private void people(Act act) {
        boolean needed = act.playbook().mode() == Mode.APPROVE
                || act.playbook().has(Effect.ISOLATE)
                || act.target().stateful();
        long allowed = simulation.ledger().allowedFor(act.run().id());
        long holds = Limits.DEFAULT.approvalWait().toMillis() + LAG;
        broken(needed && (allowed < 0 || allowed > holds), Law.APPROVAL, act, "nobody allowed it, or long ago");
        List<Run> failed = simulation.ledger().runs().stream()
                .filter(run -> run.progress().state() == RunState.ESCALATED
                        && run.service().equals(act.target().service())
                        && run.cause().equals(act.run().cause()))
                .toList();
        broken(
                failed.size() >= Limits.DEFAULT.failuresBeforeBreak(),
                Law.CIRCUIT,
                act,
                failed.size() + " repairs failed before");
    }

    private void radius(Act act) {
        int most = simulation
                .limits()
                .targetsPerHour(simulation.town().inventory().targets().size());
        long targets = begun.stream()
                .filter(earlier -> earlier.act().first() && now() - earlier.at() < HOUR - LAG)
                .map(earlier -> earlier.act().target().name())
                .filter(target -> !target.equals(act.target().name()))
                .distinct()
                .count();
        broken(targets + 1 > most, Law.BLAST_RADIUS_HOUR, act, (targets + 1) + " targets, " + most + " are allowed");
        for (Run other : simulation.ledger().active()) {
            boolean near = other.service().equals(act.target().service())
                    || other.domain().equals(act.target().domain());
            broken(near && !other.id().equals(act.run().id()), Law.BLAST_RADIUS, act, other.id() + " is under way");
        }
    }

    private void restarts(Act act) {
        if (act.step().effect() != Effect.RESTART) {
            return;
        }
        List<Begun> restarts = begun.stream()
                .filter(earlier -> earlier.act().step().effect() == Effect.RESTART
                        && earlier.act().target().equals(act.target())
                        && now() - earlier.at() < HOUR)
                .toList();
        int most = Limits.DEFAULT.restartsPerHour();
        broken(restarts.size() >= most, Law.RESTARTS, act, restarts.size() + " restarts in the last hour");
        long other = restarts.stream()
                .filter(earlier -> !earlier.act().run().id().equals(act.run().id()))
                .mapToLong(
                        earlier -> now() - earlier.act().run().startedAt().toEpochMilli() + Agenda.START.toEpochMilli())
                .min()
                .orElse(HOUR);
        long runs = restarts.stream()
                .map(earlier -> earlier.act().run().id())
                .distinct()
                .filter(id -> !id.equals(act.run().id()))
                .count();
        boolean soon =
                runs > 0 && other < Limits.DEFAULT.backoffAfter((int) runs).toMillis() - 1_000;
        broken(act.first() && soon, Law.RESTARTS, act, other + " ms after restart " + runs);
    }

    private static String stepOf(Run run) {
        return run.id() + "/" + run.progress().step();
    }

    private void repeated(Act act) {
        boolean before = begun.stream()
                .anyMatch(earlier -> earlier.act().undoing() == act.undoing()
                        && stepOf(earlier.act().run()).equals(stepOf(act.run())));
        broken(
                before && !act.step().idempotent() && !mayRepeat.remove(stepOf(act.run())),
                Law.REPEATED,
                act,
                "nobody has seen that its first time had no effect");
    }

    /** Something is written down by an instance that does not own the right to act. */
    void writesUnowned(String instance) {
        violations.add(new Violation(now(), Law.ONE_OWNER, instance + " writes, and does not own the right to act"));
    }

    /** A repair moved. */
    void moved(Run before, Input input, Run after) {
        switch (input) {
            case CLEAR -> clear.merge(before.id(), 1, Integer::sum);
            case NOT_CLEAR, BEGIN -> clear.remove(before.id());
            case EFFECT_ABSENT -> mayRepeat.add(stepOf(before));
            default -> {
                // It says nothing of verification.
            }
        }
        if (after.progress().state() == RunState.VERIFIED && clear.getOrDefault(before.id(), 0) < 2) {
            violations.add(new Violation(now(), Law.UNVERIFIED, before.id() + " is called good after " + input));
        }
    }

    /** After every event: what is at work may be so. */
    void look() {
        if (atWork.size() > 1) {
            together();
        }
        if (simulation.frozenFor() <= SWITCH || atWork.isEmpty()) {
            return;
        }
        List<Act> late = atWork.keySet().stream().filter(act -> !still(act)).toList();
        for (Act act : late) {
            broken(true, Law.FREEZE, act, "still at work after " + simulation.frozenFor() + " ms");
            atWork.remove(act);
        }
    }

    private void together() {
        List<Act> moving = atWork.keySet().stream().filter(act -> !still(act)).toList();
        if (moving.stream().map(Act::instance).distinct().count() > 1) {
            broken(true, Law.ONE_OWNER, moving.getFirst(), moving.getLast().instance() + " is at work too");
            atWork.remove(moving.getFirst());
        }
    }
}
