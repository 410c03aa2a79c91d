package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import io.tocsin.selfheal.playbook.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What telemetry says of the town: alerts and incidents, tick by tick, in a log that instances read. */
final class Newsroom {

    static final String ALERT = "Down";
    private static final long TICK = 5_000;
    private static final long FOR = 10_000;
    private static final long GOOD_FOR = 15_000;
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration OLD = Duration.ofMinutes(4);

    private final Agenda agenda;
    private final Town town;
    private final Faults faults;
    private final Dice dice;
    private final Map<String, Story> stories = new LinkedHashMap<>();
    private final List<Printed> log = new ArrayList<>();
    private final Map<String, Long> wrongSince = new HashMap<>();

    /** A snapshot in the log, from this time on. */
    record Printed(long at, Incident incident) {}

    private static final class Story {
        private final String element;
        private final Target kin;
        private long badSince = -1;
        private long goodSince = -1;
        private int number;
        private long revision;
        private boolean open;
        private Instant firing = Instant.EPOCH;
        private Optional<Incident> last = Optional.empty();

        Story(Target kin) {
            this.element = kin.element();
            this.kin = kin;
        }
    }

    Newsroom(Agenda agenda, Town town, Faults faults, Dice dice) {
        this.agenda = agenda;
        this.town = town;
        this.faults = faults;
        this.dice = dice;
        town.onChange(this::follow);
        agenda.in(TICK, this::tick);
    }

    /** From now on, each tick looks at what this target is. */
    void follow(Target target) {
        stories.computeIfAbsent(target.element(), none -> new Story(target));
    }

    private void tick() {
        stories.values().forEach(this::tick);
        agenda.in(TICK, this::tick);
    }

    private void tick(Story story) {
        long now = agenda.now();
        boolean bad = town.inventory().at(story.element).stream().anyMatch(town::seenDown)
                || faults.holds(Kind.FALSE_ALERT, story.element, now)
                || faults.holds(Kind.EXTERNAL_ALERT, story.element, now);
        story.badSince = bad ? story.badSince < 0 ? now : story.badSince : -1;
        story.goodSince = bad ? -1 : story.goodSince < 0 ? now : story.goodSince;
        if (!story.open && bad && now - story.badSince >= FOR) {
            story.open = true;
            story.number++;
            story.firing = agenda.instant();
        }
        if (story.open) {
            Incident incident = incident(story, bad);
            if (story.last.filter(before -> alike(before, incident)).isEmpty()) {
                story.revision++;
                story.last = Optional.of(incident);
                print(incident);
            }
            if (incident.status() == Incident.Status.CLOSED) {
                story.open = false;
            }
        }
    }

    private Incident incident(Story story, boolean bad) {
        long now = agenda.now();
        boolean closed = !bad && now - story.goodSince >= GOOD_FOR;
        Alert.State state = faults.holds(Kind.ALERT_UNKNOWN, story.element, now)
                ? Alert.State.UNKNOWN
                : bad ? Alert.State.FIRING : closed ? Alert.State.RECOVERED : Alert.State.RECOVERING;
        String id = story.element + "#" + story.number;
        Quality quality = new Quality(
                !faults.holds(Kind.INCOMPLETE, "", now),
                Optional.of(faults.holds(Kind.STALE, story.kin.service(), now) ? OLD : FRESH));
        boolean external = faults.holds(Kind.EXTERNAL_ALERT, story.element, now);
        Alert alert = new Alert(
                id,
                id + "/" + story.revision,
                story.element,
                Map.of("alertname", ALERT, "kind", story.kin.variables().getOrDefault("kind", "")),
                state,
                true,
                external,
                story.firing,
                quality);
        return new Incident(
                id,
                "simulated",
                closed ? Incident.Status.CLOSED : Incident.Status.OPEN,
                story.revision,
                agenda.instant(),
                story.element + " is down",
                "",
                Optional.of(story.element),
                List.of(alert));
    }

    /** Nothing new is printed while nothing changes. */
    private static boolean alike(Incident one, Incident other) {
        Alert a = one.alerts().getFirst();
        Alert b = other.alerts().getFirst();
        return one.id().equals(other.id())
                && one.status() == other.status()
                && a.state() == b.state()
                && a.external() == b.external()
                && a.quality().equals(b.quality());
    }

    private void print(Incident incident) {
        long delay = dice.of("print", incident.id(), incident.revision()).between(200, 1_500);
        agenda.in(delay, () -> {
            log.add(new Printed(agenda.now(), incident));
            Alert alert = incident.alerts().getFirst();
            note(incident.id(), What.OVER, alert.state() != Alert.State.FIRING);
            note(incident.id(), What.UNKNOWN, alert.state() == Alert.State.UNKNOWN);
            note(incident.id(), What.INCOMPLETE, !alert.quality().complete() && !alert.external());
            note(incident.id(), What.EXTERNAL, alert.external());
            note(
                    incident.id(),
                    What.STALE,
                    alert.quality().newestSampleAge().filter(OLD::equals).isPresent());
        });
    }

    /** What the newest snapshot of an incident says against acting on it. */
    enum What {
        OVER,
        UNKNOWN,
        INCOMPLETE,
        EXTERNAL,
        STALE
    }

    private void note(String incident, What what, boolean holds) {
        String key = incident + what;
        if (holds) {
            wrongSince.putIfAbsent(key, agenda.now());
        } else {
            wrongSince.remove(key);
        }
    }

    /** For how many milliseconds the log has said so; -1 when it does not. */
    long since(String incident, What what) {
        Long since = wrongSince.get(incident + what);
        return since == null ? -1 : agenda.now() - since;
    }

    /** What is in the log from this position on. */
    List<Printed> from(int position) {
        return log.subList(position, log.size());
    }

    int end() {
        return log.size();
    }
}
