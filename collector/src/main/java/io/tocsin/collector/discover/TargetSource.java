package io.tocsin.collector.discover;

import com.google.re2j.Pattern;
import io.tocsin.collector.config.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Targets as they are written and as they are discovered, and what is made of what is discovered.
 *
 * @param fixed as they are written
 * @param discoveries where others are found
 * @param keep what is discovered must match each of these as a whole, by label
 * @param address of a discovered target
 * @param labels of each target, beside those it has
 */
public record TargetSource(
        List<Discovered> fixed,
        List<Discovery> discoveries,
        Map<String, Pattern> keep,
        Template address,
        Map<String, Template> labels) {

    public TargetSource {
        fixed = List.copyOf(fixed);
        discoveries = List.copyOf(discoveries);
        keep = Map.copyOf(keep);
        labels = Map.copyOf(labels);
    }

    /**
     * The targets, each once, with the labels that their series carry.
     *
     * @param found what the sources said last; nothing for one that has not answered yet
     */
    public List<Discovered> resolve(Map<Discovery, List<Discovered>> found) {
        List<Discovered> all = new ArrayList<>();
        fixed.forEach(target -> all.add(Discovered.of(target.address(), labelled(target))));
        for (Discovery discovery : discoveries) {
            for (Discovered target : found.getOrDefault(discovery, List.of())) {
                if (kept(target)) {
                    all.add(Discovered.of(address.fill(target.values()), labelled(target)));
                }
            }
        }
        return List.copyOf(new LinkedHashSet<>(all));
    }

    private boolean kept(Discovered target) {
        NavigableMap<String, String> values = target.values();
        return keep.entrySet().stream()
                .allMatch(entry -> entry.getValue().matches(values.getOrDefault(entry.getKey(), "")));
    }

    private NavigableMap<String, String> labelled(Discovered target) {
        NavigableMap<String, String> all = new TreeMap<>(target.visible());
        labels.forEach((name, template) -> all.put(name, template.fill(target.values())));
        all.values().removeIf(String::isEmpty);
        return all;
    }
}
