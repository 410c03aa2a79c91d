package io.tocsin.rulesengine.backtest;

import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one rule would have said in a span of time.
 *
 * @param rule its id: file, group, name and number
 * @param episodes of all its alerts, those that had begun before the span too, by their beginnings
 * @param failures how often it could not be evaluated
 * @param notices how many notices a receiver would have got, see {@link Notices}
 */
public record RuleHistory(String rule, List<Episode> episodes, int failures, int notices) {

    public RuleHistory {
        episodes = List.copyOf(episodes);
    }

    /** Time in which at least one of its alerts was active, milliseconds. */
    public long activeMs(long fromMs, long toMs) {
        long total = 0;
        long reached = fromMs;
        for (Episode episode : episodes) {
            long begin = Math.max(reached, episode.fromMs());
            long end = Math.min(episode.untilMs(), toMs);
            total += Math.max(0, end - begin);
            reached = Math.max(reached, end);
        }
        return total;
    }

    /** The longest of its episodes, as far as it lies in the span, milliseconds. */
    public long longestMs(long fromMs, long toMs) {
        return episodes.stream()
                .mapToLong(episode -> episode.within(fromMs, toMs))
                .max()
                .orElse(0);
    }

    /**
     * Histories of all rules that said anything.
     *
     * @param transitions in the order in which they were said; those from before the span tell what was active at its beginning
     */
    public static Map<String, RuleHistory> of(List<AlertTransition> transitions, long fromMs, long toMs) {
        Map<String, List<AlertTransition>> byRule = transitions.stream()
                .sorted(Comparator.comparingLong(AlertTransition::getAtMs))
                .collect(Collectors.groupingBy(AlertTransition::getRule, LinkedHashMap::new, Collectors.toList()));
        Map<String, RuleHistory> histories = new LinkedHashMap<>();
        byRule.forEach((rule, said) -> histories.put(rule, of(rule, said, fromMs, toMs)));
        return histories;
    }

    private static RuleHistory of(String rule, List<AlertTransition> said, long fromMs, long toMs) {
        List<Episode> episodes = new ArrayList<>();
        Map<String, Episode> open = new LinkedHashMap<>();
        int failures = 0;
        for (AlertTransition change : said) {
            if (change.getTo() == AlertState.ERROR && change.getAtMs() >= fromMs && change.getAtMs() <= toMs) {
                failures++;
            }
            boolean active = isActive(change.getTo());
            Episode before = open.get(change.getFingerprint());
            if (active && before == null) {
                open.put(change.getFingerprint(), begun(change));
            } else if (!active && before != null) {
                open.remove(change.getFingerprint());
                episodes.add(before.over(change.getAtMs(), change.getReason().name()));
            }
        }
        episodes.addAll(open.values());
        List<Episode> seen = episodes.stream()
                .filter(episode -> episode.untilMs() >= fromMs && episode.fromMs() <= toMs)
                .sorted(Comparator.comparingLong(Episode::fromMs))
                .toList();
        return new RuleHistory(rule, seen, failures, Notices.of(seen, fromMs, toMs));
    }

    private static boolean isActive(AlertState state) {
        return state == AlertState.FIRING || state == AlertState.RECOVERING || state == AlertState.NO_DATA;
    }

    private static Episode begun(AlertTransition change) {
        return Episode.begun(
                change.getLabelsMap(), change.getAtMs(), change.getReason().name(), change.getValue());
    }
}
