package io.tocsin.console.page;

import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Repair;
import io.tocsin.console.incident.Tone;
import io.tocsin.console.notice.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of the list of incidents.
 *
 * @param incident that it is about
 * @param notices about it, the latest first
 * @param noticesKnown whether the notifier said
 * @param repairs of it, the latest first
 */
public record IncidentRow(Incident incident, List<Notice> notices, boolean noticesKnown, List<Repair> repairs) {

    public IncidentRow {
        notices = List.copyOf(notices);
        repairs = List.copyOf(repairs);
    }

    /** How long it went on, or goes on. */
    public String lasted(Instant now) {
        Instant end = incident.closedAt();
        Instant until = incident.isOpen() ? now : end == null ? incident.at() : end;
        return Words.length(incident.openedAt(), until);
    }

    /** What became of its notices, in words. */
    public String noticeWords() {
        if (!noticesKnown) {
            return "not known";
        }
        if (notices.isEmpty()) {
            return "none yet";
        }
        long delivered = counted("DELIVERED");
        long dead = counted("DEAD");
        long pending = notices.size() - delivered - dead;
        return delivered + " delivered" + (pending > 0 ? ", " + pending + " pending" : "")
                + (dead > 0 ? ", " + dead + " failed" : "");
    }

    /** How that is coloured. */
    public Tone noticeTone() {
        if (counted("DEAD") > 0) {
            return Tone.BAD;
        }
        return notices.isEmpty() || !noticesKnown
                ? Tone.QUIET
                : counted("DELIVERED") == notices.size() ? Tone.GOOD : Tone.BUSY;
    }

    /** The repair that says most about what goes on. */
    public Optional<Repair> repair() {
        return repairs.stream().findFirst();
    }

    private long counted(String state) {
        return notices.stream().filter(notice -> notice.state().equals(state)).count();
    }
}
