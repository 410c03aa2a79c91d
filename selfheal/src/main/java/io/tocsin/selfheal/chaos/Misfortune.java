package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes up what goes wrong, in few services, so that one thing meets another. */
final class Misfortune {

    /** After this, nothing new begins. */
    static final long END = 30 * 60_000;

    private static final long MINUTE = 60_000;
    private static final List<Kind> TROUBLED_HEALING = List.of(
            Kind.CUT_FROM_DATABASE,
            Kind.CUT_FROM_WORLD,
            Kind.KILLED,
            Kind.PAUSED,
            Kind.LIES_OK,
            Kind.COMMANDS_FAIL,
            Kind.COMMANDS_HANG,
            Kind.SICK,
            Kind.SLOW_QUESTIONS,
            Kind.FROZEN);

    private final Dice dice;
    private final int instances;
    private final List<Target> struck = new ArrayList<>();

    Misfortune(Dice dice, Inventory inventory, int instances) {
        this.dice = dice;
        this.instances = instances;
        int services = (int) dice.of("struck").between(1, 7);
        for (int i = 0; i < services; i++) {
            String service = dice.of("struck", i).one(inventory.targets()).service();
            struck.addAll(inventory.of(service));
        }
    }

    List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        int count = (int) dice.of("count").between(4, 40);
        for (int i = 0; i < count; i++) {
            faults.add(fault(dice.of("fault", i)));
        }
        faults.sort(Comparator.comparingLong(Fault::at));
        return faults;
    }

    private Fault fault(Dice own) {
        // Nothing is repaired where nothing dies, and most is at stake while a healer or a command misbehaves.
        double what = own.of("what").fraction();
        Kind kind =
                what < 0.3 ? Kind.DIES : own.of("kind").one(what < 0.55 ? TROUBLED_HEALING : List.of(Kind.values()));
        // Most faults come together, in a few bad minutes.
        long bad = dice.of("bad", own.of("which").between(0, 3)).between(0, END - 8 * MINUTE);
        long at = own.of("together").chance(0.7)
                ? bad + own.of("after").between(0, 2 * MINUTE)
                : own.of("at").between(0, END - 5 * MINUTE);
        return new Fault(at, kind, subject(kind, own.of("subject")), lasting(kind, own.of("lasting")));
    }

    private String subject(Kind kind, Dice own) {
        Target target = own.of("target").one(struck);
        return switch (kind) {
            case DIES,
                    SICK,
                    PROBE_WRONG,
                    PROBE_UNKNOWN,
                    LIES_OK,
                    LIES_FAILED,
                    LATE_EFFECT,
                    COMMANDS_FAIL,
                    COMMANDS_HANG -> target.name();
            case DOMAIN_DIES, DOMAIN_DARK -> target.domain();
            case FALSE_ALERT, EXTERNAL_ALERT, ALERT_UNKNOWN -> target.element();
            case STALE, SILENCED, SLOW_QUESTIONS, DEPLOYED -> target.service();
            case CUT_FROM_DATABASE, CUT_FROM_LOG, CUT_FROM_WORLD, KILLED, PAUSED, CLOCK_WRONG ->
                Scenario.instance((int) own.of("instance").between(0, instances));
            case INCOMPLETE,
                    PIPELINE_DOWN,
                    SILENCES_UNKNOWN,
                    DATABASE_DOWN,
                    DATABASE_SLOW,
                    FROZEN,
                    NOBODY_ANSWERS,
                    PLAYBOOKS_CHANGE -> "";
        };
    }

    private static long lasting(Kind kind, Dice own) {
        return switch (kind) {
            case CLOCK_WRONG -> own.between(MINUTE, 120 * MINUTE);
            case PAUSED -> own.between(100, 90_000);
            case KILLED -> own.between(500, 5 * MINUTE);
            case DATABASE_DOWN, CUT_FROM_DATABASE, DOMAIN_DARK -> own.between(1_000, 6 * MINUTE);
            case FROZEN -> own.between(10_000, 10 * MINUTE);
            case DEPLOYED, PLAYBOOKS_CHANGE -> 0;
            default -> own.between(20_000, 20 * MINUTE);
        };
    }
}
