package io.tocsin.notifier.route.file;

import io.tocsin.notifier.interval.TimeInterval.Range;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads ranges such as {@code monday:friday}, {@code -7:-1} and {@code 2026}; a single value is a range of one. */
final class RangeReader {

    private static final List<String> WEEKDAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    /** Days that the shortest month has. */
    private static final int SHORTEST_MONTH = 28;

    private final Reading reading;

    RangeReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Range> weekdays(Node node) {
        return range(node, "a weekday", WEEKDAYS, text -> {
                    int day = WEEKDAYS.indexOf(text);
                    return day < 0 ? Optional.empty() : Optional.of(day);
                })
                .filter(range -> inOrder(node, range.begin(), range.end()));
    }

    Optional<Range> months(Node node) {
        return range(node, "a month", MONTHS, text -> {
                    int month = MONTHS.indexOf(text) + 1;
                    return month > 0 ? Optional.of(month) : number(text).filter(given -> given >= 1 && given <= 12);
                })
                .filter(range -> inOrder(node, range.begin(), range.end()));
    }

    Optional<Range> years(Node node) {
        return range(node, "a year", List.of(), RangeReader::number)
                .filter(range -> inOrder(node, range.begin(), range.end()));
    }

    Optional<Range> daysOfMonth(Node node) {
        Optional<Range> range = range(
                node,
                "a day of the month (1 to 31, or -31 to -1 from its end)",
                List.of(),
                text -> number(text).filter(day -> day != 0 && day >= -31 && day <= 31));
        if (range.isPresent() && range.get().begin() < 0 && range.get().end() > 0) {
            reading.invalid(node, "a range that begins with a negative day must end with one");
            return Optional.empty();
        }
        return range.filter(given -> inOrder(node, inShortestMonth(given.begin()), inShortestMonth(given.end())));
    }

    private static int inShortestMonth(int day) {
        return day < 0 ? SHORTEST_MONTH + day : day;
    }

    private boolean inOrder(Node node, int begin, int end) {
        if (begin > end) {
            reading.invalid(node, "\"" + ((ScalarNode) node).getValue() + "\" ends before it begins");
        }
        return begin <= end;
    }

    private Optional<Range> range(
            Node node, String what, List<String> names, Function<String, Optional<Integer>> member) {
        if (!(node instanceof ScalarNode scalar)) {
            reading.invalid(node, "found " + Scalars.kind(node) + ", expected " + what + " or a range");
            return Optional.empty();
        }
        String[] ends = scalar.getValue().toLowerCase(Locale.ROOT).split(":", -1);
        if (ends.length > 2) {
            reading.invalid(node, "\"" + scalar.getValue() + "\" is not a range, which is begin:end");
            return Optional.empty();
        }
        Optional<Integer> begin = end(node, ends[0], what, names, member);
        Optional<Integer> end = ends.length == 1 ? begin : end(node, ends[1], what, names, member);
        return begin.flatMap(from -> end.map(to -> new Range(from, to)));
    }

    private Optional<Integer> end(
            Node node, String text, String what, List<String> names, Function<String, Optional<Integer>> member) {
        Optional<Integer> value = member.apply(text);
        if (value.isEmpty()) {
            reading.invalid(node, "\"" + text + "\" is not " + what + NearestName.hint(text, names));
        }
        return value;
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
