package io.tocsin.selfheal.playbook;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * When a playbook may act.
 *
 * @param days the days on which a window begins
 * @param from beginning, inclusive
 * @param to end, exclusive; not after {@code from} means "until that time on the next day"
 * @param zone of the times
 */
public record Schedule(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public Schedule {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs at least one day");
        }
    }

    /** Whether the schedule is open at this instant. */
    public boolean open(Instant at) {
        var local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        if (from.isBefore(to)) {
            return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        return (days.contains(local.getDayOfWeek()) && !time.isBefore(from))
                || (days.contains(local.getDayOfWeek().minus(1)) && time.isBefore(to));
    }
}
