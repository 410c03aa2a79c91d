package io.tocsin.rulesengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.rulesengine.backtest.Backtest;
import io.tocsin.rulesengine.backtest.BacktestReport;
import io.tocsin.rulesengine.backtest.Past;
import io.tocsin.rulesengine.backtest.Rerun;
import io.tocsin.rulesengine.backtest.RuleHistory;
import io.tocsin.rulesengine.recording.Log;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.LoggedRecord;
import io.tocsin.rulesengine.recording.Recording;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.apply.RuleVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules over a log of the past, against what the engine said of the same log when it was live. */
class BacktestTest {

    private static final String DEPLOYED = """
            groups:
              - name: g
                interval: 1s
                rules:
                  - record: load:double
                    expr: load * 2
                  - alert: Hot
                    expr: temperature > 100
                    for: 3s
                    annotations: {summary: "{{ $value }} of {{ $labels.job }}"}
                  - alert: Loaded
                    expr: load:double > 10
                  - alert: Quiet
                    expr: sum by (service_name) (carts)
                    outage: {missing_for: 5s}
                  - alert: Odd
                    expr: pressure
                    spike: {direction: up, sensitivity: high}
              - name: wrong
                interval: 1s
                rules:
                  - alert: TwoSides
                    expr: temperature * on () both
            """;

    @TempDir
    static Path directory;

    private static EngineRun run;

    @BeforeAll
    static void live() {
        run = new EngineRun(directory.resolve("engine"));
        happen(run);
    }

    @AfterAll
    static void close() {
        run.close();
    }

    /** Temperature crosses twice, load once, a service falls silent; then a day is missing, and the pressure jumps. */
    private static void happen(EngineRun run) {
        run.seconds(1).rules(DEPLOYED);
        for (int second = 0; second < 100; second++) {
            if (second < 60) {
                run.gauge("cart", "carts", 1);
            }
            boolean hot = second >= 5 && second < 40 || second >= 50 && second < 52;
            run.gauge("shop", "temperature", hot ? 150 : 20).gauge("shop", "load", second >= 40 && second < 50 ? 9 : 1);
            run.gauge("shop", "pressure", 5 + second % 3)
                    .call("shop", "stock", second)
                    .second();
        }
        run.nowMs += Duration.ofHours(25).toMillis();
        for (int second = 0; second < 240; second++) {
            run.gauge("shop", "temperature", 20);
            run.gauge("shop", "pressure", second >= 200 && second < 215 ? 5000 : 5 + second % 3);
            if (second >= 100 && second < 140) {
                run.gauge("stock", "both", 1).gauge("shelf", "both", 1);
            }
            run.gauge("shop", "load", 1).second();
        }
    }

    private static LogSource source(EngineRun run) {
        List<LoggedRecord> all = new ArrayList<>(run.log);
        long offset = 0;
        for (AlertEvent event : run.alerts) {
            long atMs = event.hasTickDone()
                    ? event.getTickDone().getTickMs()
                    : event.getTransition().getAtMs();
            all.add(new LoggedRecord(
                    Topics.ALERTS.name(), 0, offset++, atMs, false, null, event.toByteArray(), List.of()));
        }
        all.sort(Comparator.comparingLong(LoggedRecord::timestampMs));
        return (topics, span) -> new Log() {
            private final Iterator<LoggedRecord> records = all.stream()
                    .filter(record ->
                            topics.stream().anyMatch(topic -> topic.name().equals(record.topic())))
                    .filter(record -> record.topic().equals(Topics.RULES.name())
                            || record.timestampMs() >= span.fromMs() && record.timestampMs() <= span.toMs())
                    .iterator();

            @Override
            public List<Source> sources() {
                return topics.stream().map(topic -> new Source(topic.name(), 1)).toList();
            }

            @Override
            public Optional<LoggedRecord> next() {
                return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private static AlertTransition elsewhere(AlertTransition change) {
        return change.toBuilder().clearGeneratorUrl().build();
    }

    private static List<AlertTransition> said(EngineRun run) {
        return run.alerts.stream()
                .filter(AlertEvent::hasTransition)
                .map(AlertEvent::getTransition)
                .map(BacktestTest::elsewhere)
                .toList();
    }

    private static SequencedMap<String, String> files(String text) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("rules.yaml", text);
        return files;
    }

    private static BacktestReport.Line line(BacktestReport report, String name) {
        return report.rules().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static BacktestReport report(Backtest backtest, String text) throws IOException {
        assertThat(backtest.run(files(text))).isInstanceOf(Backtest.Outcome.Done.class);
        return ((Backtest.Outcome.Done) backtest.run(files(text))).report();
    }

    @Test
    void saysWhatTheLiveEngineHadSaid() throws IOException {
        Past past = Past.read(source(run), Span.WHOLE);
        Rerun rerun = Rerun.of(
                source(run),
                past,
                Duration.ofSeconds(1),
                compiler -> past.rules().values().stream()
                        .map(version -> compiler.compile(
                                version.getVersion(), version.getEffectiveFromMs(), RuleVersions.texts(version)))
                        .toList(),
                Span.WHOLE);
        assertThat(run.transitions())
                .as("the log has each kind of rule in it")
                .anyMatch(words -> words.startsWith("Hot PENDING->FIRING"))
                .anyMatch(words -> words.startsWith("Loaded INACTIVE->FIRING"))
                .anyMatch(words -> words.startsWith("Quiet "))
                .anyMatch(words -> words.startsWith("Odd "))
                .anyMatch(words -> words.startsWith("TocsinRuleFailing "));
        assertThat(rerun.transitions().stream().map(BacktestTest::elsewhere)).containsExactlyElementsOf(said(run));
    }

    @Test
    void comparesAFileWithWhatIsDeployed() throws IOException {
        Backtest backtest = new Backtest(source(run), Duration.ofSeconds(1), Span.WHOLE);
        BacktestReport report =
                report(backtest, DEPLOYED.replace("for: 3s", "for: 1s").replace("- alert: Loaded", "- alert: Busy"));
        RuleHistory hot = line(report, "g/Hot").would().orElseThrow();
        RuleHistory deployed = line(report, "g/Hot").does().orElseThrow();
        assertThat(hot.episodes()).as("the short one too").hasSize(2);
        assertThat(deployed.episodes()).hasSize(1);
        assertThat(hot.activeMs(report.fromMs(), report.toMs()))
                .isEqualTo(deployed.activeMs(report.fromMs(), report.toMs()) + 3_000);
        assertThat(hot.notices())
                .as("one group, told once while it burns, and that it is over")
                .isEqualTo(2);
        assertThat(line(report, "g/Busy").does()).isEmpty();
        assertThat(line(report, "g/Loaded").would()).isEmpty();
        assertThat(line(report, "g/Odd").isSame()).isTrue();
        assertThat(line(report, "g/Odd").would().orElseThrow().episodes()).isNotEmpty();
        assertThat(report.isWarm()).as("a spike rule learns for a day").isFalse();
        assertThat(line(report, "wrong/TwoSides").would().orElseThrow().failures())
                .isEqualTo(1);
    }

    @Test
    void windowsAreFullAtTheFirstTickThatIsReported() throws IOException {
        String rules = """
                groups:
                  - name: g
                    rules: [{alert: WasHot, expr: 'max_over_time(temperature[20s]) > 100', for: 2s}]
                """;
        Span late = new Span(EngineRun.START + 45_000, EngineRun.START + 60_000);
        BacktestReport report = report(new Backtest(source(run), Duration.ofSeconds(1), late), rules);
        RuleHistory history = line(report, "g/WasHot").would().orElseThrow();
        assertThat(report.isWarm()).isTrue();
        assertThat(history.episodes()).hasSize(1);
        assertThat(history.episodes().getFirst().fromMs()).isLessThan(late.fromMs());
        assertThat(history.activeMs(report.fromMs(), report.toMs())).isEqualTo(report.toMs() - report.fromMs());
    }

    @Test
    void refusesAFileWithAMistakeAndALogWithoutTelemetry() throws IOException {
        Backtest backtest = new Backtest(source(run), Duration.ofSeconds(1), Span.WHOLE);
        assertThat(backtest.run(files("groups: [{name: g, rules: [{alert: A, expr: 'sum('}]}]")))
                .isInstanceOfSatisfying(
                        Backtest.Outcome.Refused.class,
                        refused -> assertThat(refused.problems())
                                .anyMatch(problem -> problem.toString().startsWith("rules.yaml:1:")));
        Span before = new Span(0, EngineRun.START - 1);
        assertThat(new Backtest(source(run), Duration.ofSeconds(1), before).run(files(DEPLOYED)))
                .isInstanceOf(Backtest.Outcome.Empty.class);
    }

    @Test
    void aRecordingThatWasCutShortIsNotTaken() throws IOException {
        Path file = directory.resolve("a.recording");
        try (Log log = source(run).open(Recording.STANDARD_TOPICS, Span.WHOLE)) {
            Recording.write(log, Span.WHOLE, file);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Past.read(LogSource.file(file), Span.WHOLE))
                    .as(length + " bytes of " + whole.length)
                    .hasMessageContaining("a.recording");
        }
        Files.writeString(file, DEPLOYED);
        assertThatThrownBy(() -> Past.read(LogSource.file(file), Span.WHOLE)).hasMessageContaining("no recording");
        assertThat(Files.list(directory).map(Path::getFileName).map(Objects::toString))
                .noneMatch(name -> name.endsWith(".part"));
    }
}
