package io.tocsin.notifier.interval;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A recurring span of time: every part that is given must hold, and a part holds when one of its ranges does. A part
 * that is given without ranges never holds.
 *
 * @param times minutes of the day
 * @param weekdays days of the week, 0 for Sunday
 * @param daysOfMonth days of the month; negative ones count from its end
 * @param months months of the year
 * @param years years
 * @param location the time zone in which all this is meant
 */
public record TimeInterval(
        Optional<List<TimeRange>> times,
        Optional<List<Range>> weekdays,
        Optional<List<Range>> daysOfMonth,
        Optional<List<Range>> months,
        Optional<List<Range>> years,
        ZoneId location) {

    public TimeInterval {
        times = times.map(List::copyOf);
        weekdays = weekdays.map(List::copyOf);
        daysOfMonth = daysOfMonth.map(List::copyOf);
        months = months.map(List::copyOf);
        years = years.map(List::copyOf);
    }

    /**
     * A range, both ends included.
     *
     * @param begin the first
     * @param end the last, not before the first
     */
    public record Range(int begin, int end) {

        boolean contains(int value) {
            return begin <= value && value <= end;
        }
    }

    /**
     * A part of the day.
     *
     * @param start its first minute, from 0
     * @param end the minute after its last, to 1440
     */
    public record TimeRange(int start, int end) {

        public TimeRange {
            if (start < 0 || start >= end || end > 24 * 60) {
                throw new IllegalArgumentException("start must be before end, within a day");
            }
        }

        boolean contains(int minute) {
            return start <= minute && minute < end;
        }
    }

    /** Whether a time lies in the interval. */
    public boolean contains(Instant time) {
        ZonedDateTime local = time.atZone(location);
        int minute = local.getHour() * 60 + local.getMinute();
        return holds(times, range -> range.contains(minute))
                && holds(daysOfMonth, range -> containsDay(range, local))
                && holds(months, range -> range.contains(local.getMonthValue()))
                && holds(weekdays, range -> range.contains(local.getDayOfWeek().getValue() % 7))
                && holds(years, range -> range.contains(local.getYear()));
    }

    private static <T> boolean holds(Optional<List<T>> part, Predicate<T> contains) {
        return part.isEmpty() || part.get().stream().anyMatch(contains);
    }

    /** A day that a month does not have is its last one as an end, and none as a beginning. */
    private static boolean containsDay(Range range, ZonedDateTime local) {
        int days = local.toLocalDate().lengthOfMonth();
        int begin = range.begin() < 0 ? days + range.begin() + 1 : range.begin();
        int end = range.end() < 0 ? days + range.end() + 1 : range.end();
        int day = local.getDayOfMonth();
        return begin <= days && begin <= day && day <= Math.min(end, days);
    }
}
