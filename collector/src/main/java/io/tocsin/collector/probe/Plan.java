package io.tocsin.collector.probe;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;

/**
 * What is to be looked at, and what should report by itself, after what the sources said last.
 *
 * @param targets each once
 * @param expected the labels of each expected target
 * @param unusable what was discovered and cannot be used, and why
 */
public record Plan(List<ProbeTarget> targets, List<Map<String, String>> expected, List<String> unusable) {

    /** Targets beyond this are not looked at, which is said. */
    public static final int MOST_TARGETS = 10_000;

    /** Labels that tell who a target is in its own telemetry, and what is told by them; the narrowest first. */
    public static final SequencedMap<String, String> IDENTIFYING = identifying();

    public Plan {
        targets = List.copyOf(targets);
        expected = List.copyOf(expected);
        unusable = List.copyOf(unusable);
    }

    private static SequencedMap<String, String> identifying() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("k8s_pod_name", "pod");
        labels.put("host_name", "host");
        labels.put("service_name", "service");
        return labels;
    }

    /** @param found what each source said last; nothing for one that has not answered yet */
    public static Plan of(ProbeFile file, Map<Discovery, List<Discovered>> found) {
        List<String> unusable = new ArrayList<>();
        return new Plan(targets(file, found, unusable), expected(file, found, unusable), unusable);
    }

    private static List<ProbeTarget> targets(
            ProbeFile file, Map<Discovery, List<Discovered>> found, List<String> unusable) {
        SequencedMap<ProbeTarget.Key, ProbeTarget> targets = new LinkedHashMap<>();
        for (Probe probe : file.probes()) {
            for (Discovered each : probe.targets().resolve(found)) {
                ProbeTarget target = new ProbeTarget(probe, each.address(), each.labels());
                Addresses.problem(probe.check(), each.address())
                        .ifPresentOrElse(
                                problem -> unusable.add(probe.name() + ": " + problem),
                                () -> targets.putIfAbsent(target.key(), target));
            }
        }
        return bounded("probes", List.copyOf(targets.values()), unusable);
    }

    private static List<Map<String, String>> expected(
            ProbeFile file, Map<Discovery, List<Discovered>> found, List<String> unusable) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Expected expected : file.expected()) {
            for (Discovered each : expected.targets().resolve(found)) {
                NavigableMap<String, String> labels = each.labels();
                IDENTIFYING.keySet().stream()
                        .filter(labels::containsKey)
                        .findFirst()
                        .ifPresentOrElse(
                                name -> {
                                    labels.put("by", IDENTIFYING.getOrDefault(name, ""));
                                    labels.put("expected", expected.name());
                                    all.add(labels);
                                },
                                () -> unusable.add(expected.name() + ": \"" + each.address()
                                        + "\" has none of the labels " + IDENTIFYING.keySet()));
            }
        }
        return bounded("expected", all.stream().distinct().toList(), unusable);
    }

    private static <T> List<T> bounded(String what, List<T> all, List<String> unusable) {
        if (all.size() <= MOST_TARGETS) {
            return all;
        }
        unusable.add(what + ": " + all.size() + " targets, only the first " + MOST_TARGETS + " are used");
        return all.subList(0, MOST_TARGETS);
    }
}
