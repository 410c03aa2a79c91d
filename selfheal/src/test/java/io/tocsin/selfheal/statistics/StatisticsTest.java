package io.tocsin.selfheal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.Playbooks;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    private final Playbook restart = Playbooks.restart();

    /** Minutes after the start at which it ended. */
    private static Ended ended(String playbook, int minute, int took, boolean verified) {
        Instant at = START.plus(Duration.ofMinutes(minute));
        return new Ended(playbook, "v1", at.minusSeconds(took), at, verified);
    }

    @Test
    void aPlaybooksPerformanceIsWhatItsRepairsCameTo() {
        List<Ended> repairs = List.of(
                ended("restart", 1, 30, true),
                ended("restart", 2, 500, false),
                ended("restart", 3, 10, true),
                ended("restart", 4, 50, true),
                ended("drain", 5, 5, false));
        assertThat(Performance.of(repairs))
                .containsExactly(
                        new Performance("drain", 1, 0, Optional.empty(), Optional.empty(), START.plusSeconds(5 * 60)),
                        new Performance(
                                "restart",
                                4,
                                3,
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.of(Duration.ofSeconds(50)),
                                START.plusSeconds(4 * 60)));
        assertThat(Performance.of(repairs).getLast().successRate()).isEqualTo(0.75);
    }

    @Test
    void threeFailuresInARowMakeAPlaybookAsk() {
        List<Ended> failures = IntStream.range(0, Demotion.FAILURES)
                .mapToObj(i -> ended("restart", i, 10, false))
                .toList();
        assertThat(Demotion.demoted(restart, failures, Map.of())).isTrue();
        assertThat(Demotion.applied(restart, failures, Map.of()).mode()).isEqualTo(Mode.APPROVE);
        assertThat(Demotion.applied(restart, failures, Map.of()).version()).isEqualTo(restart.version());
        assertThat(Demotion.demoted(restart, failures.subList(1, Demotion.FAILURES), Map.of()))
                .isFalse();
    }

    @Test
    void aSuccessAmongThemForgives() {
        List<Ended> mixed = List.of(
                ended("restart", 3, 10, false),
                ended("restart", 1, 10, false),
                ended("restart", 2, 10, true),
                ended("restart", 4, 10, false));
        assertThat(Demotion.demoted(restart, mixed, Map.of())).isFalse();
        assertThat(Demotion.demoted(
                        restart,
                        Stream.concat(mixed.stream(), Stream.of(ended("restart", 5, 10, false)))
                                .toList(),
                        Map.of()))
                .isTrue();
    }

    @Test
    void failuresOfOthersOfAnEarlierVersionOrBeforeItWasRestoredDoNotCount() {
        List<Ended> failures =
                List.of(ended("restart", 1, 10, false), ended("restart", 2, 10, false), ended("restart", 3, 10, false));
        assertThat(Demotion.demoted(restart, failures, Map.of("restart", START.plusSeconds(60))))
                .isFalse();
        assertThat(Demotion.demoted(restart, failures, Map.of("restart", START)))
                .isTrue();
        List<Ended> otherVersion = failures.stream()
                .map(each -> new Ended(each.playbook(), "v0", each.startedAt(), each.endedAt(), false))
                .toList();
        assertThat(Demotion.demoted(restart, otherVersion, Map.of())).isFalse();
        List<Ended> other =
                IntStream.range(0, 3).mapToObj(i -> ended("drain", i, 9, false)).toList();
        assertThat(Demotion.demoted(restart, other, Map.of())).isFalse();
    }

    @Test
    void onlyWhatActsOnItsOwnIsDemoted() {
        List<Ended> failures =
                List.of(ended("restart", 1, 10, false), ended("restart", 2, 10, false), ended("restart", 3, 10, false));
        Playbook observes = restart.in(Mode.OBSERVE);
        assertThat(Demotion.applied(observes, failures, Map.of())).isEqualTo(observes);
    }

    @Test
    void whatRecursWithoutAPlaybookIsSuggested() {
        List<Incident> incidents = Stream.of(
                        Stream.of(1, 2, 3, 4).map(i -> incident("full", i, "DiskFull", Incident.Status.CLOSED)),
                        Stream.of(5, 6).map(i -> incident("slow", i, "Slow", Incident.Status.CLOSED)),
                        Stream.of(7, 8, 9).map(i -> incident("dead", i, "Down", Incident.Status.OPEN)),
                        Stream.of(10, 11, 12).map(i -> incident("part", i, "Part", Incident.Status.MERGED)))
                .flatMap(each -> each)
                .toList();
        assertThat(Suggestion.of(incidents, List.of(restart)))
                .containsExactly(new Suggestion("DiskFull", "full", 4, START.plusSeconds(4)));
    }

    private static Incident incident(String element, int second, String alertname, Incident.Status status) {
        Alert alert = new Alert(
                "f",
                "t",
                element,
                Map.of("alertname", alertname),
                Alert.State.RECOVERED,
                false,
                false,
                START,
                new Quality(true, Optional.empty()));
        return new Incident(
                element + second,
                "e",
                status,
                1,
                START.plusSeconds(second),
                "",
                "",
                Optional.of(element),
                List.of(alert));
    }
}
