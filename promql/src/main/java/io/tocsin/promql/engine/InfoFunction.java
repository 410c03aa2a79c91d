package io.tocsin.promql.engine;

import com.google.re2j.Pattern;
import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code info(v, {…})}: adds labels of info series (by default {@code target_info}) to the series of the same
 * {@code instance} and {@code job}. Info series are read at the time at which the selectors of the first
 * argument read if they all agree on one, else at the evaluation's own times.
 */
final class InfoFunction {

    private static final List<String> IDENTITY = List.of("instance", "job");

    /** When a selector reads: at a fixed time or none, and with an offset. */
    private record When(@Nullable At at, long offset) {
        boolean same(When other) {
            return (at instanceof At.Time a && other.at instanceof At.Time b)
                    ? a.millis() - offset == b.millis() - other.offset
                    : Objects.equals(at, other.at) && offset == other.offset;
        }
    }

    /** An info series, with the time of the sample that counts at each step as its value. */
    private record InfoSeries(String name, Labels identity, Column times) {}

    private final Evaluator evaluator;
    private final Grid grid;
    private final List<LabelMatcher> names;
    /** The matchers of labels that shall be added, by label; none means all labels. */
    private final Map<String, List<LabelMatcher>> wanted = new LinkedHashMap<>();

    private InfoFunction(Evaluator evaluator, Expr.Call call, Grid grid) {
        this.evaluator = evaluator;
        this.grid = grid;
        List<LabelMatcher> named = new ArrayList<>();
        if (call.args().size() > 1 && call.args().get(1) instanceof Expr.VectorSelector selector) {
            for (LabelMatcher matcher : selector.matchers()) {
                if (matcher.name().equals(Labels.METRIC_NAME)) {
                    named.add(matcher);
                } else {
                    wanted.computeIfAbsent(matcher.name(), k -> new ArrayList<>())
                            .add(matcher);
                }
            }
        }
        this.names = effective(named);
    }

    static void stream(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        InfoFunction info = new InfoFunction(evaluator, call, grid);
        Expr input = call.args().getFirst();
        List<Column> bases = evaluator.collect(input, grid);
        info.enrich(bases, info.infos(bases, when(input)), new Unique(sink));
    }

    /** Only exclusions would select everything, so they apply to what looks like an info metric. */
    private static List<LabelMatcher> effective(List<LabelMatcher> named) {
        if (named.isEmpty()) {
            return List.of(LabelMatcher.equal(Labels.METRIC_NAME, "target_info"));
        }
        boolean positive =
                named.stream().anyMatch(m -> m.type() == LabelMatcher.Type.EQ || m.type() == LabelMatcher.Type.RE);
        if (positive) {
            return named;
        }
        List<LabelMatcher> all = new ArrayList<>();
        all.add(new LabelMatcher(LabelMatcher.Type.RE, Labels.METRIC_NAME, ".+_info"));
        all.addAll(named);
        return all;
    }

    /** When the selectors of an expression all read, or the evaluation's own times if they do not agree. */
    private static When when(Expr expr) {
        When common = References.common(expr);
        return common == null ? new When(null, 0) : common;
    }

    /** Whether info series are read when the selectors of the first argument read, and not at each step. */
    static boolean readsAtOneTime(Expr input) {
        return References.common(input) != null;
    }

    /** Looks for the selectors that elements of a vector come from. */
    private static final class References {
        private final List<Expr.Subquery> around = new ArrayList<>();
        private @Nullable When found;
        private boolean agree = true;

        static @Nullable When common(Expr expr) {
            References references = new References();
            references.look(expr);
            return references.agree ? references.found : null;
        }

        /** Whether there is a selector on some way down; a vector without any is one of the evaluation's own times. */
        private boolean look(Expr expr) {
            if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.MATRIX) {
                return false;
            }
            if (expr instanceof Expr.VectorSelector selector) {
                When when = read(selector);
                agree &= found == null || found.same(when);
                found = found == null ? when : found;
                return true;
            }
            if (expr instanceof Expr.Subquery subquery) {
                around.add(subquery);
            }
            // The second argument of info is written like a selector, but is not read as one.
            boolean info = expr instanceof Expr.Call call && call.function() == Function.INFO;
            boolean any = false;
            for (Expr child : info ? expr.children().subList(0, 1) : expr.children()) {
                any |= look(child);
            }
            if (expr instanceof Expr.Subquery) {
                around.removeLast();
            }
            agree &= any || info;
            return any;
        }

        /** Offsets of subqueries around add up, until a fixed time makes those further out irrelevant. */
        private When read(Expr.VectorSelector selector) {
            At at = selector.at();
            long offset = Preparation.millis(selector.offset());
            for (int i = around.size() - 1; at == null && i >= 0; i--) {
                offset += Preparation.millis(around.get(i).offset());
                at = around.get(i).at();
            }
            return new When(at, offset);
        }
    }

    /** Whether a series is an info series itself, which is not enriched. */
    private boolean isInfo(Labels labels) {
        return names.stream().allMatch(m -> m.matches(labels.metricName()));
    }

    /** Asks once for each combination of identifying labels that series have, so that one that lacks a label finds its info. */
    private List<InfoSeries> infos(List<Column> bases, When when) {
        Map<Set<String>, Map<String, Set<String>>> values = new LinkedHashMap<>();
        for (Column base : bases) {
            Labels identity = base.labels.keep(IDENTITY);
            if (!identity.isEmpty() && !isInfo(base.labels)) {
                Set<String> present = new TreeSet<>();
                identity.forEach((name, value) -> present.add(name));
                Map<String, Set<String>> seen = values.computeIfAbsent(present, k -> new HashMap<>());
                identity.forEach((name, value) ->
                        seen.computeIfAbsent(name, k -> new TreeSet<>()).add(value));
            }
        }
        List<InfoSeries> infos = new ArrayList<>();
        for (Map<String, Set<String>> seen : values.values()) {
            List<LabelMatcher> matchers = new ArrayList<>();
            for (String label : IDENTITY) {
                Set<String> of = seen.get(label);
                matchers.add(of == null ? LabelMatcher.equal(label, "") : anyOf(label, of));
            }
            wanted.values().forEach(matchers::addAll);
            matchers.addAll(names);
            infos.addAll(read(matchers, when));
        }
        return infos;
    }

    private static LabelMatcher anyOf(String label, Set<String> values) {
        String regex = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return new LabelMatcher(LabelMatcher.Type.RE, label, regex);
    }

    private List<InfoSeries> read(List<LabelMatcher> matchers, When when) {
        long lookback = evaluator.selectors.lookback();
        long first = Selectors.time(when.at(), when.offset(), grid.start());
        long last = Selectors.time(when.at(), when.offset(), grid.end());
        List<InfoSeries> infos = new ArrayList<>();
        for (SeriesSlice slice : evaluator.selectors.series(matchers, first - lookback + 1, last)) {
            Column column = new Column(slice.labels(), false, grid.steps());
            int next = slice.from();
            for (int i = 0; i < grid.steps(); i++) {
                long ref = Selectors.time(when.at(), when.offset(), grid.at(i));
                next = Selectors.after(slice.timestamps(), next, slice.to(), ref);
                boolean fresh = next > slice.from() && slice.timestamps()[next - 1] > ref - lookback;
                if (fresh && isThere(slice, next - 1)) {
                    column.values[i] = slice.timestamps()[next - 1];
                }
            }
            if (!column.isEmpty()) {
                evaluator.budget.samples(grid.steps());
                infos.add(new InfoSeries(
                        slice.labels().metricName(), slice.labels().keep(IDENTITY), column));
            }
        }
        return infos;
    }

    private static boolean isThere(SeriesSlice slice, int i) {
        @Nullable FloatHistogram[] histograms = slice.histograms();
        FloatHistogram histogram = histograms == null ? null : histograms[i];
        if (histogram == null) {
            return !Column.absent(slice.values()[i]);
        }
        if (histogram.isStale()) {
            return false;
        }
        throw PromqlException.execution("this should be an info metric, with float samples: " + slice.labels());
    }

    private void enrich(List<Column> bases, List<InfoSeries> infos, Sink sink) {
        Map<Labels, Map<String, List<InfoSeries>>> byIdentity = new HashMap<>();
        for (InfoSeries info : infos) {
            byIdentity
                    .computeIfAbsent(info.identity(), k -> new java.util.TreeMap<>())
                    .computeIfAbsent(info.name(), k -> new ArrayList<>())
                    .add(info);
        }
        for (Map<String, List<InfoSeries>> byName : byIdentity.values()) {
            byName.values().forEach(this::refuseConflicts);
        }
        for (Column base : bases) {
            if (isInfo(base.labels)) {
                sink.accept(base);
                continue;
            }
            enrich(base, byIdentity.getOrDefault(base.labels.keep(IDENTITY), Map.of()), sink);
        }
    }

    /** Two info series that are equally new at a step: there is no telling which one counts. */
    private void refuseConflicts(List<InfoSeries> same) {
        for (int i = 0; same.size() > 1 && i < grid.steps(); i++) {
            InfoSeries newest = null;
            for (InfoSeries info : same) {
                if (!info.times().hasFloat(i)) {
                    continue;
                }
                double time = info.times().values[i];
                if (newest != null && newest.times().values[i] == time) {
                    throw PromqlException.execution("found duplicate series for info metric: existing "
                            + newest.times().labels + " @ " + (long) time + ", new " + info.times().labels + " @ "
                            + (long) time);
                }
                newest = newest == null || newest.times().values[i] < time ? info : newest;
            }
        }
    }

    private void enrich(Column base, Map<String, List<InfoSeries>> infos, Sink sink) {
        evaluator.budget.work(grid.steps());
        Map<List<Labels>, Labels> known = new HashMap<>();
        Map<Labels, Column> outs = new LinkedHashMap<>();
        List<Labels> matched = new ArrayList<>();
        for (int i = 0; i < grid.steps(); i++) {
            if (!base.has(i)) {
                continue;
            }
            matched.clear();
            for (List<InfoSeries> same : infos.values()) {
                InfoSeries newest = newest(same, i);
                if (newest != null) {
                    matched.add(newest.times().labels);
                }
            }
            if (matched.isEmpty() && !mayLack()) {
                continue;
            }
            Labels labels = known.get(matched);
            if (labels == null) {
                labels = enriched(base.labels, matched);
                known.put(List.copyOf(matched), labels);
            }
            outs.computeIfAbsent(labels, l -> new Column(l, base.dropName, grid.steps()))
                    .copy(base, i);
        }
        outs.values().forEach(sink::accept);
    }

    private static @Nullable InfoSeries newest(List<InfoSeries> same, int step) {
        InfoSeries newest = null;
        for (InfoSeries info : same) {
            boolean newer = newest == null || info.times().values[step] > newest.times().values[step];
            if (info.times().hasFloat(step) && newer) {
                newest = info;
            }
        }
        return newest;
    }

    /** Whether a series stays that has no info: if the wanted labels may all be missing. */
    private boolean mayLack() {
        return wanted.values().stream().allMatch(matchers -> matchers.stream().allMatch(m -> m.matches("")));
    }

    private Labels enriched(Labels base, List<Labels> infos) {
        Labels.Builder added = Labels.EMPTY.toBuilder();
        Set<String> own = new HashSet<>();
        base.forEach((name, value) -> own.add(name));
        for (Labels info : infos) {
            info.forEach((name, value) -> {
                if (name.equals(Labels.METRIC_NAME) || (!wanted.isEmpty() && !wanted.containsKey(name))) {
                    return;
                }
                String other = added.get(name);
                if (!other.isEmpty() && !other.equals(value)) {
                    throw PromqlException.execution("conflicting label: " + name);
                }
                if (!own.contains(name)) {
                    added.set(name, value);
                }
            });
        }
        Labels.Builder result = base.toBuilder();
        added.build().forEach(result::set);
        return result.build();
    }
}
