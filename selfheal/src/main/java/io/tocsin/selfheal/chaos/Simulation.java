package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.History.Approval;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One history of a fleet, its faults and its healers. The same scenario is the same history. */
final class Simulation {

    static final long DAY = Duration.ofDays(1).toMillis();

    private static final long LONGEST = Misfortune.END + Duration.ofHours(3).toMillis();
    private static final long TIDY = 10_000;

    private final Scenario scenario;
    private final Core core;
    private final Set<Protection> protections;
    private final Consumer<Supplier<String>> listener;
    private final Dice dice;
    private final Faults faults = new Faults();
    private final Referee referee = new Referee(this);
    private final Agenda agenda = new Agenda(referee::look);
    private final Ledger ledger;
    private final Town town;
    private final Newsroom newsroom;
    private final Hands hands = new Hands(this);
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Health> dark;
    private List<Playbook> playbooks = Repertoire.version(0);
    private int version;
    private long frozenAt = -1;
    private long frozenUntil;

    Simulation(Scenario scenario, Core core, Set<Protection> protections, Consumer<Supplier<String>> listener) {
        this.scenario = scenario;
        this.core = core;
        this.protections = protections.isEmpty() ? EnumSet.noneOf(Protection.class) : EnumSet.copyOf(protections);
        this.listener = listener;
        this.dice = new Dice(scenario.seed()).of("simulation");
        this.ledger = new Ledger(agenda, referee, this.protections);
        this.town = new Town(agenda, scenario.inventory(), faults);
        this.newsroom = new Newsroom(agenda, town, faults, dice);
        this.dark =
                scenario.inventory().targets().stream().collect(Collectors.toMap(Target::name, target -> Health.DOWN));
        for (int i = 0; i < scenario.instances(); i++) {
            instances.put(Scenario.instance(i), new Instance(this, Scenario.instance(i)));
        }
    }

    /** The whole history. */
    Outcome run() {
        List<Violation> violations = referee.violations();
        try {
            instances.values().forEach(Instance::start);
            scenario.faults().forEach(fault -> agenda.at(fault.at(), () -> happens(fault)));
            agenda.pass(Misfortune.END);
            while (!ledger.active().isEmpty() && agenda.now() < LONGEST) {
                agenda.pass(TIDY);
            }
        } catch (RuntimeException e) {
            violations.add(new Violation(agenda.now(), Law.CRASH, e.toString()));
        }
        List<String> unclosed = ledger.active().stream().map(Run::id).toList();
        return new Outcome(scenario, referee.actions(), new ArrayList<>(violations), unclosed);
    }

    private void happens(Fault fault) {
        tell(() -> fault.kind() + " " + fault.subject() + " for " + fault.lasting() + " ms");
        faults.begin(fault);
        String subject = fault.subject();
        long until = fault.at() + fault.lasting();
        switch (fault.kind()) {
            case DIES -> town.dies(subject, until);
            case SICK -> town.sickens(subject, until);
            case DOMAIN_DIES ->
                scenario.inventory().targets().stream()
                        .filter(target -> target.domain().equals(subject))
                        .forEach(target -> town.dies(target.name(), until));
            case DOMAIN_DARK, PROBE_WRONG, PROBE_UNKNOWN -> town.look(fault);
            case FALSE_ALERT, EXTERNAL_ALERT, ALERT_UNKNOWN ->
                scenario.inventory().at(subject).forEach(newsroom::follow);
            case KILLED -> {
                instance(subject).kill();
                agenda.in(fault.lasting(), () -> restart(subject));
            }
            case PAUSED -> instance(subject).stand(until);
            case FROZEN -> freeze(until);
            case DEPLOYED -> ledger.deploy(subject);
            case PLAYBOOKS_CHANGE -> {
                version++;
                playbooks = Repertoire.version(version);
            }
            default -> {
                // Whoever is concerned asks whether it holds.
            }
        }
    }

    private void restart(String instance) {
        // Killed again meanwhile, it starts when that is over.
        if (!faults.holds(Kind.KILLED, instance, agenda.now())) {
            instance(instance).start();
        }
    }

    /** A person pulls the kill switch as soon as the database can take it, and pushes it back. */
    private void freeze(long until) {
        long databaseBack = faults.holds(Kind.DATABASE_DOWN, "", agenda.now())
                ? faults.until(Kind.DATABASE_DOWN, "")
                : agenda.now();
        frozenUntil = Math.max(frozenUntil, until);
        agenda.at(databaseBack, () -> {
            if (!ledger.frozen()) {
                ledger.freeze(true);
                frozenAt = agenda.now();
            }
        });
        agenda.at(Math.max(databaseBack + 1, until), () -> {
            if (agenda.now() >= frozenUntil) {
                ledger.freeze(false);
                frozenAt = -1;
            }
        });
    }

    /** For how many milliseconds repairs are frozen; 0 when they are not. */
    long frozenFor() {
        return frozenAt < 0 ? 0 : agenda.now() - frozenAt;
    }

    /** Asks a person, who answers after a while, or does not. */
    void ask(String id, Situation situation) {
        long wait = situation.limits().approvalWait().toMillis();
        if (!ledger.ask(id, agenda.now() + wait)) {
            return;
        }
        Dice own = dice.of("answer", id);
        agenda.in(own.of("after").between(5_000, wait + 60_000), () -> {
            if (!faults.holds(Kind.NOBODY_ANSWERS, "", agenda.now())) {
                ledger.answer(id, own.of("yes").chance(0.8) ? Approval.APPROVED : Approval.REJECTED);
            }
        });
    }

    boolean silenced(String fingerprint) {
        String element = fingerprint.substring(0, fingerprint.indexOf('#'));
        return scenario.inventory().at(element).stream()
                .anyMatch(target -> faults.holds(Kind.SILENCED, target.service(), agenda.now()));
    }

    /** When the alert of an incident began to fire, in milliseconds after the start. */
    long firing(String incident) {
        return ledger.incident(incident)
                .map(known -> known.alerts().getFirst().since().toEpochMilli() - Agenda.START.toEpochMilli())
                .orElse(0L);
    }

    private Instance instance(String name) {
        return Optional.ofNullable(instances.get(name)).orElseThrow();
    }

    boolean standsStill(String instance) {
        return instance(instance).standsStill();
    }

    long resumes(String instance) {
        return instance(instance).resumes();
    }

    boolean has(Protection protection) {
        return protections.contains(protection);
    }

    /** All targets, down. */
    Map<String, Health> dark() {
        return dark;
    }

    Optional<Playbook> playbook(String name, String of) {
        return playbooks.stream()
                .filter(known -> known.name().equals(name) && known.version().equals(of))
                .findFirst();
    }

    void tell(Supplier<String> what) {
        listener.accept(() -> "%9.3f s  %s".formatted(agenda.now() / 1000.0, what.get()));
    }

    List<Playbook> playbooks() {
        return playbooks;
    }

    Limits limits() {
        return scenario.limits();
    }

    Core core() {
        return core;
    }

    Dice dice() {
        return dice;
    }

    Faults faults() {
        return faults;
    }

    Agenda agenda() {
        return agenda;
    }

    Ledger ledger() {
        return ledger;
    }

    Town town() {
        return town;
    }

    Newsroom newsroom() {
        return newsroom;
    }

    Hands hands() {
        return hands;
    }

    Referee referee() {
        return referee;
    }
}
