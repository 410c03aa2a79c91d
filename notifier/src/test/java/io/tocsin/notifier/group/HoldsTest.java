package io.tocsin.notifier.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.Story;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import io.tocsin.notifier.inhibit.InhibitRule;
import io.tocsin.notifier.interval.TimeIntervals;
import io.tocsin.notifier.route.MatcherParser;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Route.Target;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.silence.Silence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final Instant NOW = Story.START;

    private final Story story = new Story("inc")
            .alert("Root", State.FIRING, Disposition.ROOT, Map.of("team", "db"))
            .alert("Symptom", State.FIRING, Disposition.SYMPTOM, Map.of("team", "db"))
            .alert("Shop", State.FIRING, Disposition.SYMPTOM, Map.of("team", "shop"));

    @Test
    void aSymptomIsHeldWhereItsRootIsToldToTheSameReceiver() {
        assertThat(hold("suppress", "Symptom")).contains(new Hold.Explained(Story.fingerprint("Root")));
    }

    @Test
    void aSymptomOfAnotherTeamIsToldForThatTeamIsNotToldOfTheRoot() {
        assertThat(hold("suppress", "Shop")).isEmpty();
    }

    @Test
    void theRootIsNeverHeldByItself() {
        assertThat(hold("suppress", "Root")).isEmpty();
    }

    @Test
    void nothingIsExplainedUntilTheRouteAsksForIt() {
        assertThat(hold("annotate", "Symptom")).isEmpty();
    }

    @Test
    void aSymptomMayOutliveItsRootForAWhile() {
        story.at(NOW.minus(Holds.AFTERMATH).plusMillis(1)).resolved("Root");

        assertThat(hold("suppress", "Symptom")).contains(new Hold.Explained(Story.fingerprint("Root")));
    }

    @Test
    void nothingIsExplainedByARootThatIsOverForLong() {
        story.at(NOW.minus(Holds.AFTERMATH)).resolved("Root");

        assertThat(hold("suppress", "Symptom")).isEmpty();
    }

    @Test
    void nothingIsExplainedByAnIncidentThatIsNotKnown() {
        Alert symptom = alert("Symptom", story.snapshot());
        Target target = root("suppress").targets(symptom.labels()).getFirst();

        assertThat(new Holds(root("suppress"), TimeIntervals.NONE, List.of(), Inhibitions.NONE, Map.of(), NOW)
                        .explained(symptom, target))
                .isEmpty();
    }

    @Test
    void aSilenceComesFirst() {
        Silence silence = new Silence(
                "s1", MatcherParser.parse("alertname=Symptom"), NOW, NOW.plusSeconds(60), "me", "test", NOW);

        assertThat(hold("suppress", "Symptom", List.of(silence))).contains(new Hold.Silenced(List.of("s1")));
    }

    @Test
    void anAlertThatNoRouteBringsHereIsHeld() {
        Incident incident = story.snapshot();
        Holds holds = new Holds(
                root("annotate"), TimeIntervals.NONE, List.of(), Inhibitions.NONE, Map.of("inc", incident), NOW);

        assertThat(holds.candidate(alert("Symptom", incident), "another group", "db")
                        .hold())
                .contains(new Hold.NotRouted());
    }

    @Test
    void aRouteIsMutedInItsIntervalsAndOutsideOfItsActiveOnes() {
        assertThat(timed("mute_time_intervals: [never, always]")).contains(new Hold.Muted(List.of("always")));
        assertThat(timed("mute_time_intervals: [never]")).isEmpty();
        assertThat(timed("active_time_intervals: [never]")).contains(new Hold.Inactive(List.of("never")));
        assertThat(timed("active_time_intervals: [never, always]")).isEmpty();
        assertThat(timed("active_time_intervals: [always], mute_time_intervals: [always]"))
                .contains(new Hold.Muted(List.of("always")));
    }

    private Optional<Hold> timed(String intervals) {
        Routing routing = AlertmanagerFile.read(Path.of("alertmanager.yml"), """
                route:
                  receiver: a
                  routes:
                    - {receiver: a, %s}
                receivers: [{name: a}]
                time_intervals:
                  - {name: always, time_intervals: [{}]}
                  - {name: never, time_intervals: [{years: ['1999']}]}
                """.formatted(
                                intervals.indent(22).strip()))
                .routing()
                .orElseThrow();
        Incident incident = story.snapshot();
        Alert alert = alert("Root", incident);
        Target target = routing.root().targets(alert.labels()).getFirst();
        return new Holds(routing.root(), routing.intervals(), List.of(), Inhibitions.NONE, Map.of("inc", incident), NOW)
                .candidate(alert, target.groupKey(), target.receiver())
                .hold();
    }

    @Test
    void anInhibitionComesBeforeASilence() {
        Route root = root("annotate");
        Incident incident = story.snapshot();
        Alert alert = alert("Symptom", incident);
        Target target = root.targets(alert.labels()).getFirst();
        InhibitRule rule = new InhibitRule(
                "", MatcherParser.parse("alertname=Root"), MatcherParser.parse("alertname=Symptom"), Set.of());
        Silence silence = new Silence(
                "s1", MatcherParser.parse("alertname=Symptom"), NOW, NOW.plusSeconds(60), "me", "test", NOW);
        Holds holds = new Holds(
                root,
                TimeIntervals.NONE,
                List.of(silence),
                new Inhibitions(List.of(rule), Alert.of(incident)),
                Map.of("inc", incident),
                NOW);

        assertThat(holds.candidate(alert, target.groupKey(), target.receiver()).hold())
                .contains(new Hold.Inhibited(List.of(Story.fingerprint("Root"))));
    }

    private Optional<Hold> hold(String convergence, String name) {
        return hold(convergence, name, List.of());
    }

    private Optional<Hold> hold(String convergence, String name, List<Silence> silences) {
        Incident incident = story.snapshot();
        Route root = root(convergence);
        Alert alert = alert(name, incident);
        Target target = root.targets(alert.labels()).getFirst();
        return new Holds(root, TimeIntervals.NONE, silences, Inhibitions.NONE, Map.of("inc", incident), NOW)
                .candidate(alert, target.groupKey(), target.receiver())
                .hold();
    }

    private static Alert alert(String name, Incident incident) {
        return Alert.of(incident).stream()
                .filter(alert -> name.equals(alert.labels().get("alertname")))
                .findFirst()
                .orElseThrow();
    }

    private static Route root(String convergence) {
        String file = """
                route:
                  receiver: rest
                  group_by: [alertname]
                  convergence: %s
                  routes:
                    - {match: {team: db}, receiver: db}
                    - {match: {team: shop}, receiver: shop}
                receivers: [{name: rest}, {name: db}, {name: shop}]
                """.formatted(convergence);
        return AlertmanagerFile.read(Path.of("alertmanager.yml"), file)
                .routing()
                .orElseThrow()
                .root();
    }
}
