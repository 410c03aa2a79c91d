package io.tocsin.notifier.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.group.Alert.Condition;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every course of events, silences and explanations included. */
class DeciderLaws {

    private static final Duration REPEAT = Duration.ofHours(4);
    private static final List<String> NAMES = List.of("A", "B", "C");

    /** What happens to one alert before one flush. */
    record Happening(String name, State state, boolean silenced, boolean explained) {}

    @Provide
    Arbitrary<List<List<Happening>>> courses() {
        Arbitrary<State> states = Arbitraries.of(State.FIRING, State.INACTIVE, State.NO_DATA, State.RECOVERING);
        Arbitrary<Boolean> flags = Arbitraries.of(true, false, false);
        return Combinators.combine(Arbitraries.of(NAMES), states, flags, flags)
                .as(Happening::new)
                .list()
                .ofMaxSize(4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15);
    }

    @Property(tries = 2_000)
    void whoeverWasToldOfAnAlarmIsToldOfItsEndWhenAllIsOver(
            @ForAll("courses") List<List<Happening>> course, @ForAll boolean converging) {
        Course play = new Course(new Decider(true, REPEAT, converging));
        course.forEach(play::flush);
        NAMES.forEach(play.story::resolved);
        play.flush(List.of());

        assertThat(play.believed).isEmpty();
        assertThat(play.told.burning()).isEmpty();
    }

    @Property(tries = 2_000)
    void aSecondFlushWithoutNewsTellsNobody(
            @ForAll("courses") List<List<Happening>> course, @ForAll boolean converging) {
        Course play = new Course(new Decider(true, REPEAT, converging));
        course.forEach(happenings -> {
            play.flush(happenings);
            Verdict again = play.decide();
            assertThat(again.reason().tells()).as("%s", again).isFalse();
        });
    }

    @Property(tries = 2_000)
    void aRecoveryIsOnlyToldToWhomItWasToldOrWasNeverHeld(@ForAll("courses") List<List<Happening>> course) {
        Course play = new Course(new Decider(true, REPEAT, true));
        course.forEach(happenings -> {
            Set<String> before = Set.copyOf(play.believed);
            Verdict verdict = play.flush(happenings);
            verdict.alerts().stream()
                    .filter(alert -> alert.condition() == Condition.RESOLVED)
                    .forEach(alert -> assertThat(before).contains(alert.fingerprint()));
        });
    }

    @Property(tries = 2_000)
    void whatBurnsFreelyIsKnownAfterEveryFlush(@ForAll("courses") List<List<Happening>> course) {
        Course play = new Course(new Decider(true, REPEAT, false));
        course.forEach(happenings -> {
            play.flush(happenings);
            play.candidates().stream()
                    .filter(candidate -> candidate.freely(Condition.FIRING))
                    .forEach(candidate -> assertThat(play.believed).contains(candidate.fingerprint()));
        });
    }

    /** A receiver that believes what it is told. */
    private static final class Course {

        private final Story story = new Story("inc");
        private final Set<String> silenced = new HashSet<>();
        private final Set<String> explained = new HashSet<>();
        private final Set<String> believed = new HashSet<>();
        private final Decider decider;
        private Told told = Told.NOTHING;
        private Instant now = Story.START;
        private Incident incident;

        Course(Decider decider) {
            this.decider = decider;
            NAMES.forEach(name -> story.alert(name, State.INACTIVE, Disposition.NONE));
            incident = story.snapshot();
        }

        Verdict flush(List<Happening> happenings) {
            now = now.plusSeconds(60);
            story.at(now);
            for (Happening happening : happenings) {
                story.alert(happening.name(), happening.state(), Disposition.SYMPTOM);
                set(silenced, happening.name(), happening.silenced());
                set(explained, happening.name(), happening.explained());
            }
            incident = story.snapshot();
            Verdict verdict = decide();
            told = verdict.next();
            for (Alert alert : verdict.alerts()) {
                set(believed, alert.fingerprint(), alert.condition() != Condition.RESOLVED);
            }
            return verdict;
        }

        private static void set(Set<String> names, String name, boolean in) {
            if (in) {
                names.add(name);
            } else {
                names.remove(name);
            }
        }

        Verdict decide() {
            return decider.decide(told, candidates(), Map.of(incident.id(), incident), now);
        }

        List<Candidate> candidates() {
            return Alert.of(incident).stream()
                    // An alert that is over leaves its group once nobody believes that it burns.
                    .filter(alert -> alert.condition() != Condition.RESOLVED
                            || told.burning().containsKey(alert.fingerprint()))
                    .map(alert -> new Candidate(alert, hold(alert)))
                    .collect(Collectors.toList());
        }

        private Optional<Hold> hold(Alert alert) {
            String name = alert.labels().getOrDefault("alertname", "");
            if (silenced.contains(name)) {
                return Optional.of(new Hold.Silenced(List.of("s")));
            }
            return explained.contains(name) && alert.condition() != Condition.RESOLVED
                    ? Optional.of(new Hold.Explained("root"))
                    : Optional.empty();
        }
    }
}
