package io.tocsin.selfheal.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well one playbook did, in any of its versions.
 *
 * @param runs repairs that ended
 * @param verified those that helped
 * @param medianRepair of those, from the first step's beginning to the proof; empty when none helped
 * @param longestRepair of those
 * @param last when the newest ended
 */
public record Performance(
        String playbook,
        int runs,
        int verified,
        Optional<Duration> medianRepair,
        Optional<Duration> longestRepair,
        Instant last) {

    /** Verified repairs of all that ended, from 0 to 1. */
    public double successRate() {
        return (double) verified / runs;
    }

    /** Of all playbooks that have ended repairs, by name. */
    public static List<Performance> of(List<Ended> repairs) {
        Map<String, List<Ended>> byPlaybook = new TreeMap<>();
        repairs.forEach(ended -> byPlaybook
                .computeIfAbsent(ended.playbook(), none -> new ArrayList<>())
                .add(ended));
        return byPlaybook.entrySet().stream()
                .map(each -> of(each.getKey(), each.getValue()))
                .toList();
    }

    private static Performance of(String playbook, List<Ended> repairs) {
        List<Duration> took = repairs.stream()
                .filter(Ended::verified)
                .map(Ended::took)
                .sorted()
                .toList();
        return new Performance(
                playbook,
                repairs.size(),
                took.size(),
                took.isEmpty() ? Optional.empty() : Optional.of(took.get((took.size() - 1) / 2)),
                took.isEmpty() ? Optional.empty() : Optional.of(took.getLast()),
                repairs.stream()
                        .map(Ended::endedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }
}
