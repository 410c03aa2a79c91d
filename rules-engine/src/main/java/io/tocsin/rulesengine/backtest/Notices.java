package io.tocsin.rulesengine.backtest;

import java.util.List;
import java.util.TreeSet;

/**
 * How many notices a rule would have made, if one receiver was told of it as Alertmanager does by default: the rule's
 * alerts in one group, {@code group_wait} 30 s, {@code group_interval} 5 min, {@code repeat_interval} 4 h, recoveries told,
 * nothing silenced or inhibited.
 */
final class Notices {

    private static final long GROUP_WAIT_MS = 30_000;
    private static final long GROUP_INTERVAL_MS = 300_000;
    private static final long REPEAT_INTERVAL_MS = 4 * 3_600_000L;

    private Notices() {}

    /** Counts those of a span; what began before it was told before it, and is told again when it changes. */
    static int of(List<Episode> episodes, long fromMs, long toMs) {
        TreeSet<Long> changes = new TreeSet<>();
        for (Episode episode : episodes) {
            changes.add(episode.fromMs());
            if (!episode.isOpen()) {
                changes.add(episode.untilMs());
            }
        }
        int told = 0;
        Long next = changes.isEmpty() ? null : changes.first();
        long flush = next == null ? 0 : next + GROUP_WAIT_MS;
        long since = Long.MIN_VALUE;
        long toldAt = Long.MIN_VALUE;
        while (next != null && flush <= toMs) {
            boolean changed =
                    changes.subSet(since, false, flush, true).stream().findAny().isPresent();
            long now = flush;
            boolean active = episodes.stream().anyMatch(e -> e.fromMs() <= now && e.untilMs() > now);
            boolean knew = toldAt != Long.MIN_VALUE;
            if (changed ? active || knew : active && flush - toldAt >= REPEAT_INTERVAL_MS) {
                told += flush >= fromMs ? 1 : 0;
                toldAt = flush;
            }
            since = flush;
            if (active) {
                flush += GROUP_INTERVAL_MS;
            } else {
                // The group is empty: it begins anew with its next alert.
                toldAt = Long.MIN_VALUE;
                next = changes.higher(flush);
                flush = next == null ? flush : next + GROUP_WAIT_MS;
            }
        }
        return told;
    }
}
