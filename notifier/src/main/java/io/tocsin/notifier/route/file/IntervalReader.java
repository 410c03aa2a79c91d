package io.tocsin.notifier.route.file;

import io.tocsin.notifier.interval.TimeInterval;
import io.tocsin.notifier.interval.TimeInterval.TimeRange;
import io.tocsin.notifier.interval.TimeIntervals;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code time_intervals} and the older {@code mute_time_intervals}, which share their names. */
final class IntervalReader {

    private static final Set<String> NAMED = Set.of("name", "time_intervals");
    private static final Set<String> INTERVAL = Keys.words("times weekdays days_of_month months years location");
    private static final Set<String> TIME_RANGE = Set.of("start_time", "end_time");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");

    private final Reading reading;
    private final RangeReader ranges;

    IntervalReader(Reading reading) {
        this.reading = reading;
        this.ranges = new RangeReader(reading);
    }

    TimeIntervals read(YamlObject file) {
        Map<String, List<TimeInterval>> byName = new LinkedHashMap<>();
        for (String key : List.of("mute_time_intervals", "time_intervals")) {
            for (Node node : file.list(key)) {
                YamlObject named = YamlObject.of(reading, node, "a time interval", NAMED);
                Optional<String> name = named.filled("name");
                List<TimeInterval> intervals = intervals(named.list("time_intervals"));
                if (name.isEmpty()) {
                    reading.invalid(node, "a time interval must have a name");
                } else if (byName.putIfAbsent(name.get(), intervals) != null) {
                    reading.invalid(named.valueAt("name"), "time interval \"" + name.get() + "\" is defined twice");
                }
            }
        }
        return new TimeIntervals(byName);
    }

    /** The intervals of a list. */
    List<TimeInterval> intervals(List<Node> nodes) {
        return nodes.stream().map(this::interval).toList();
    }

    private TimeInterval interval(Node node) {
        YamlObject interval = YamlObject.of(reading, node, "a time interval", INTERVAL);
        return new TimeInterval(
                part(interval, "times", this::timeRange),
                part(interval, "weekdays", ranges::weekdays),
                part(interval, "days_of_month", ranges::daysOfMonth),
                part(interval, "months", ranges::months),
                part(interval, "years", ranges::years),
                location(interval));
    }

    private static <T> Optional<List<T>> part(YamlObject interval, String key, Function<Node, Optional<T>> read) {
        if (!interval.has(key)) {
            return Optional.empty();
        }
        List<T> part = new ArrayList<>();
        interval.list(key).forEach(node -> read.apply(node).ifPresent(part::add));
        return Optional.of(part);
    }

    private Optional<TimeRange> timeRange(Node node) {
        YamlObject range = YamlObject.of(reading, node, "a range of times", TIME_RANGE);
        if (range.filled("start_time").isEmpty() || range.filled("end_time").isEmpty()) {
            reading.invalid(node, "a range of times must have both start_time and end_time");
            return Optional.empty();
        }
        Optional<Integer> start = minute(range, "start_time");
        Optional<Integer> end = minute(range, "end_time");
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (start.get() >= end.get()) {
            reading.invalid(range.valueAt("end_time"), "end_time must be after start_time");
            return Optional.empty();
        }
        return Optional.of(new TimeRange(start.get(), end.get()));
    }

    private Optional<Integer> minute(YamlObject range, String key) {
        String text = range.text(key, "");
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            reading.invalid(
                    range.valueAt(key), "\"" + text + "\" is not a time of " + key + ", which is 00:00 to 24:00");
            return Optional.empty();
        }
        return Optional.of(
                time.group(1) == null
                        ? 24 * 60
                        : Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2)));
    }

    private ZoneId location(YamlObject interval) {
        Optional<ScalarNode> location = interval.value("location").flatMap(interval::scalar);
        String name = location.map(ScalarNode::getValue).orElse("");
        if (name.isEmpty() || name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        if (name.equals("Local")) {
            return ZoneId.systemDefault();
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            reading.invalid(
                    location.orElseThrow(),
                    "\"" + name + "\" is not a time zone" + NearestName.hint(name, ZoneId.getAvailableZoneIds()));
            return ZoneOffset.UTC;
        }
        return ZoneId.of(name);
    }
}
