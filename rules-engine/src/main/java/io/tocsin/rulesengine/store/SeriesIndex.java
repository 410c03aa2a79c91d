package io.tocsin.rulesengine.store;

import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels: per label name and value the ascending ids of the series that carry it. What a selector
 * found is remembered until a series comes or goes, since rules ask the same at every tick.
 *
 * <p>Not safe for threads but for reading while nobody writes.
 */
final class SeriesIndex {

    private static final int REMEMBERED_SELECTORS = 4096;

    private final Map<Labels, Series> byLabels = new HashMap<>();
    private final Int2ObjectOpenHashMap<Series> byId = new Int2ObjectOpenHashMap<>();
    private final Map<String, Map<String, IntArrayList>> postings = new HashMap<>();
    private final Map<List<LabelMatcher>, List<Series>> found = new ConcurrentHashMap<>();

    @Nullable
    Series get(Labels labels) {
        return byLabels.get(labels);
    }

    @Nullable
    Series get(int id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    Collection<Series> all() {
        return byId.values();
    }

    void add(Series series) {
        byLabels.put(series.labels(), series);
        byId.put(series.id(), series);
        Labels labels = series.labels();
        for (int i = 0; i < labels.size(); i++) {
            IntArrayList ids = postings.computeIfAbsent(labels.name(i), name -> new HashMap<>())
                    .computeIfAbsent(labels.value(i), value -> new IntArrayList(2));
            insert(ids, series.id());
        }
        found.clear();
    }

    private static void insert(IntArrayList ids, int id) {
        if (ids.isEmpty() || ids.getInt(ids.size() - 1) < id) {
            ids.add(id);
            return;
        }
        int at = find(ids, id);
        if (at < 0) {
            ids.add(-at - 1, id);
        }
    }

    void removeAll(Collection<Series> gone) {
        if (gone.isEmpty()) {
            return;
        }
        for (Series series : gone) {
            byLabels.remove(series.labels());
            byId.remove(series.id());
            for (int i = 0; i < series.labels().size(); i++) {
                remove(series.labels().name(i), series.labels().value(i), series.id());
            }
        }
        found.clear();
    }

    private void remove(String name, String value, int id) {
        Map<String, IntArrayList> values = postings.getOrDefault(name, Map.of());
        IntArrayList ids = values.get(value);
        int at = ids == null ? -1 : find(ids, id);
        if (ids == null || at < 0) {
            return;
        }
        ids.removeInt(at);
        if (ids.isEmpty()) {
            values.remove(value);
        }
        if (values.isEmpty()) {
            postings.remove(name);
        }
    }

    private static int find(IntArrayList ids, int id) {
        return Arrays.binarySearch(ids.elements(), 0, ids.size(), id);
    }

    /** The names of all labels, sorted. */
    Set<String> names() {
        return new TreeSet<>(postings.keySet());
    }

    /** The values of one label, sorted. */
    Set<String> values(String name) {
        return new TreeSet<>(postings.getOrDefault(name, Map.of()).keySet());
    }

    void count(SampleStore.PairCount action) {
        postings.forEach((name, values) -> values.forEach((value, ids) -> action.accept(name, value, ids.size())));
    }

    /** The series that fulfil all matchers, by ascending id. */
    List<Series> select(List<LabelMatcher> matchers) {
        List<Series> known = found.get(matchers);
        if (known != null) {
            return known;
        }
        List<Series> result = search(matchers);
        if (found.size() < REMEMBERED_SELECTORS) {
            found.put(List.copyOf(matchers), result);
        }
        return result;
    }

    /** As {@link #select}, without remembering it. */
    List<Series> search(List<LabelMatcher> matchers) {
        List<LabelMatcher> narrowing = matchers.stream()
                .filter(matcher -> !matcher.matches(""))
                .sorted(Comparator.comparingInt(this::effort))
                .toList();
        int[] candidates = narrowing.isEmpty() ? everyId() : candidates(narrowing.getFirst());
        List<Series> result = new ArrayList<>();
        for (int id : candidates) {
            Series series = byId.get(id);
            if (series != null && matches(series.labels(), matchers)) {
                result.add(series);
            }
        }
        return List.copyOf(result);
    }

    /** An upper bound of what a matcher finds: an equality costs its list, an expression all lists of its label. */
    private int effort(LabelMatcher matcher) {
        Map<String, IntArrayList> values = postings.getOrDefault(matcher.name(), Map.of());
        if (matcher.type() == LabelMatcher.Type.EQ) {
            IntArrayList ids = values.get(matcher.value());
            return ids == null ? 0 : ids.size();
        }
        return byId.size() + values.size();
    }

    private int[] candidates(LabelMatcher matcher) {
        Map<String, IntArrayList> values = postings.getOrDefault(matcher.name(), Map.of());
        if (matcher.type() == LabelMatcher.Type.EQ) {
            IntArrayList ids = values.get(matcher.value());
            return ids == null ? new int[0] : ids.toIntArray();
        }
        IntArrayList union = new IntArrayList();
        values.forEach((value, ids) -> {
            if (matcher.matches(value)) {
                union.addAll(ids);
            }
        });
        return sorted(union.toIntArray());
    }

    private int[] everyId() {
        return sorted(byId.keySet().toIntArray());
    }

    private static int[] sorted(int[] ids) {
        Arrays.sort(ids);
        return ids;
    }

    private static boolean matches(Labels labels, List<LabelMatcher> matchers) {
        for (LabelMatcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
