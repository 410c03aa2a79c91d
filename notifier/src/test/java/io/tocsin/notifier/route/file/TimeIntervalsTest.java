package io.tocsin.notifier.route.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.SharedData;
import io.tocsin.notifier.interval.TimeInterval;
import io.tocsin.notifier.interval.TimeInterval.Range;
import io.tocsin.notifier.interval.TimeInterval.TimeRange;
import io.tocsin.notifier.interval.TimeIntervals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimeIntervalsTest {

    private static final DateTimeFormatter GO_TIME = DateTimeFormatter.ofPattern("d MMM yy HH:mm xx", Locale.ENGLISH);

    @TestFactory
    List<DynamicTest> containsWhatAlertmanagerSaysItContains() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode test : cases().get("match")) {
            TimeInterval interval = interval(test.get("interval"));
            String name = test.get("interval").toString();
            test.get("active")
                    .forEach(time -> tests.add(DynamicTest.dynamicTest(
                            name + " " + time,
                            () -> assertThat(interval.contains(time(time))).isTrue())));
            test.get("inactive")
                    .forEach(time -> tests.add(DynamicTest.dynamicTest(
                            name + " " + time,
                            () -> assertThat(interval.contains(time(time))).isFalse())));
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    @TestFactory
    List<DynamicTest> readsAndRefusesAsAlertmanagerDoes() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode test : cases().get("yaml")) {
            tests.add(DynamicTest.dynamicTest(test.get("yaml").asString().strip(), () -> agrees(test)));
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    private static void agrees(JsonNode test) {
        AlertmanagerFile.Result result = read(test.get("yaml").asString());
        boolean ok = test.get("error").isNull();
        assertThat(result.problems().isEmpty()).as("%s", result.problems()).isEqualTo(ok);
        if (!ok) {
            assertThat(result.problems().getFirst().line()).isGreaterThan(5);
            return;
        }
        TimeIntervals intervals = result.routing().orElseThrow().intervals();
        test.get("contains")
                .forEach(time ->
                        assertThat(intervals.holding(List.of("x"), time(time))).containsExactly("x"));
        test.get("excludes")
                .forEach(time ->
                        assertThat(intervals.holding(List.of("x"), time(time))).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - weekdays: [friday:monday]                            | 8:18: "friday:monday" ends before it begins
            - weekdays: [mondey]                                   | 8:18: "mondey" is not a weekday; did you mean "monday"?
            - weekdays: [monday:tuesday:friday]                    | 8:18: "monday:tuesday:friday" is not a range, which is begin:end
            - days_of_month: ['-1:5']                              | 8:23: a range that begins with a negative day must end with one
            - months: [13]                                         | 8:16: "13" is not a month
            - years: [2030:2020]                                   | 8:15: "2030:2020" ends before it begins
            - times: [{start_time: '09:00'}]                       | 8:15: a range of times must have both start_time and end_time
            - times: [{start_time: '17:00', end_time: '09:00'}]    | 8:47: end_time must be after start_time
            - times: [{start_time: '9:00', end_time: '10:00'}]     | 8:28: "9:00" is not a time of start_time, which is 00:00 to 24:00
            - location: Europe/Berln                               | 8:17: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?
            """)
    void saysWhereAnIntervalIsWrong(String interval, String problem) {
        assertThat(read(interval).problems())
                .extracting(Problem::toString)
                .containsExactly("/etc/tocsin/alertmanager.yml:" + problem);
    }

    @Test
    void aDayHasTwentyFourHoursInTheZoneOfTheInterval() {
        TimeIntervals intervals = read("""
                - location: America/New_York
                  times: [{start_time: '22:00', end_time: '24:00'}]
                """).routing().orElseThrow().intervals();

        assertThat(intervals.holding(List.of("x"), Instant.parse("2026-01-02T04:59:59Z")))
                .containsExactly("x");
        assertThat(intervals.holding(List.of("x"), Instant.parse("2026-01-02T05:00:00Z")))
                .isEmpty();
    }

    @Test
    void aPartThatIsGivenWithoutRangesNeverHolds() {
        TimeIntervals intervals = read("- {months: []}").routing().orElseThrow().intervals();

        assertThat(intervals.holding(List.of("x"), Instant.parse("2026-01-02T04:59:59Z")))
                .isEmpty();
    }

    private static AlertmanagerFile.Result read(String intervals) {
        String list = intervals.replaceFirst("(?s)^\\s*---\\n", "").indent(4);
        return AlertmanagerFile.read(Path.of("/etc/tocsin/alertmanager.yml"), """
                route:
                  receiver: a
                receivers:
                  - name: a
                time_intervals:
                - name: x
                  time_intervals:
                """ + list);
    }

    private static JsonNode cases() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(SharedData.path("alertmanager/time-interval-cases.json")));
    }

    private static Instant time(JsonNode time) {
        return OffsetDateTime.parse(time.asString(), GO_TIME).toInstant();
    }

    private static TimeInterval interval(JsonNode json) {
        return new TimeInterval(
                part(
                        json.get("Times"),
                        range -> new TimeRange(
                                range.get("StartMinute").asInt(),
                                range.get("EndMinute").asInt())),
                part(json.get("Weekdays"), TimeIntervalsTest::range),
                part(json.get("DaysOfMonth"), TimeIntervalsTest::range),
                part(json.get("Months"), TimeIntervalsTest::range),
                part(json.get("Years"), TimeIntervalsTest::range),
                json.has("location") ? ZoneId.of(json.get("location").asString()) : ZoneOffset.UTC);
    }

    private static Range range(JsonNode json) {
        return new Range(json.get("Begin").asInt(), json.get("End").asInt());
    }

    private static <T> Optional<List<T>> part(JsonNode json, Function<JsonNode, T> read) {
        if (json == null) {
            return Optional.empty();
        }
        List<T> part = new ArrayList<>();
        json.forEach(range -> part.add(read.apply(range)));
        return Optional.of(part);
    }
}
