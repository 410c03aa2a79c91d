package io.tocsin.promql.engine;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.ast.VectorMatching.Cardinality;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Utf8;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arithmetic and comparisons between two vectors. "Many" is the side that may have several elements per match, "one" the
 * other; without grouping, "many" is the left side and has at most one as well.
 */
final class VectorJoin {

    /** The columns of both sides that share a signature. */
    private static final class Match {
        final List<Column> many = new ArrayList<>(1);
        final List<Column> one = new ArrayList<>(1);
    }

    private final Evaluator evaluator;
    private final Expr.Binary binary;
    private final VectorMatching matching;
    private final Grid grid;
    private final boolean swapped;
    private final boolean oneToOne;
    private final boolean dropsName;
    private final ElementOps ops;
    private final Map<Labels, Match> matches = new LinkedHashMap<>();
    private final BitSet manySteps = new BitSet();
    private final BitSet oneSteps = new BitSet();

    VectorJoin(Evaluator evaluator, Expr.Binary binary, VectorMatching matching, Grid grid) {
        this.evaluator = evaluator;
        this.binary = binary;
        this.matching = matching;
        this.grid = grid;
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        this.dropsName = BinaryOperation.changesMetric(binary.op())
                || binary.returnBool() && !evaluator.options.delayedNameRemoval();
        this.ops = new ElementOps(binary.op(), binary.span(), evaluator.annotations);
    }

    void stream(Sink sink) {
        Signature signature = new Signature(matching);
        List<Column> left = evaluator.collect(binary.left(), grid);
        List<Column> right = evaluator.collect(binary.right(), grid);
        for (Column column : swapped ? right : left) {
            matches.computeIfAbsent(signature.of(column.labels), k -> new Match()).many.add(column);
            note(column, manySteps);
        }
        for (Column column : swapped ? left : right) {
            Labels key = signature.of(column.labels);
            Match match = matches.get(key);
            if (match == null) {
                match = new Match();
                matches.put(key, match);
            }
            match.one.add(column);
            note(column, oneSteps);
        }
        matches.forEach((key, match) -> join(key, match, sink));
    }

    private void note(Column column, BitSet steps) {
        for (int i = steps.nextClearBit(0); i < column.steps(); i = steps.nextClearBit(i + 1)) {
            if (column.has(i)) {
                steps.set(i);
            }
        }
    }

    private void join(Labels key, Match match, Sink sink) {
        evaluator.budget.work(grid.steps() * (1 + match.many.size()));
        if (match.one.size() > 1) {
            refuseDuplicates(key, match.one);
        }
        boolean nothing = match.many.isEmpty() && matching.fillLeft() == null
                || match.one.isEmpty() && matching.fillRight() == null;
        if (nothing) {
            return;
        }
        BitSet matched = new BitSet();
        Map<Labels, BitSet> results = match.many.size() > 1 ? new HashMap<>() : Map.of();
        for (Column many : match.many) {
            for (Column one : match.one) {
                pair(many, one, matched, results, sink);
            }
            if (matching.fillRight() != null) {
                Column one = filler(key, matching.fillRight());
                removeWherePresent(one, match.one);
                pair(many, one, matched, results, sink);
            }
        }
        if (matching.fillLeft() != null) {
            for (Column one : match.one) {
                Column many = filler(key, matching.fillLeft());
                for (int i = matched.nextSetBit(0); i >= 0; i = matched.nextSetBit(i + 1)) {
                    many.remove(i);
                }
                pair(many, one, new BitSet(), results, sink);
            }
        }
    }

    private Column filler(Labels key, double value) {
        Column column = new Column(key, false, grid.steps());
        java.util.Arrays.fill(column.values, value);
        return column;
    }

    private static void removeWherePresent(Column filler, List<Column> columns) {
        for (Column column : columns) {
            for (int i = 0; i < filler.steps(); i++) {
                if (column.has(i)) {
                    filler.remove(i);
                }
            }
        }
    }

    /** Two elements of the "one" side at one step are an error, unless the other vector is empty there. */
    private void refuseDuplicates(Labels key, List<Column> one) {
        boolean fills = matching.fills();
        for (int i = 0; i < grid.steps(); i++) {
            if (!manySteps.get(i) && !fills) {
                continue;
            }
            Column first = null;
            for (Column column : one) {
                if (column.has(i)) {
                    if (first != null) {
                        throw duplicate(key, first, column);
                    }
                    first = column;
                }
            }
        }
    }

    private PromqlException duplicate(Labels key, Column first, Column second) {
        String a = first.labels.toString();
        String b = second.labels.toString();
        boolean ordered = Utf8.compare(a, b) <= 0;
        return PromqlException.execution("found duplicate series for the match group " + key + " on the "
                + (swapped ? "left" : "right") + " hand-side of the operation: [" + (ordered ? a : b) + ", "
                + (ordered ? b : a)
                + "];many-to-many matching not allowed: matching labels must be unique on one side");
    }

    private void pair(Column many, Column one, BitSet matched, Map<Labels, BitSet> results, Sink sink) {
        Column left = swapped ? one : many;
        Column right = swapped ? many : one;
        Labels labels = resultLabels(many.labels, one.labels);
        BitSet own = oneToOne || !(results instanceof HashMap)
                ? matched
                : results.computeIfAbsent(labels, k -> new BitSet());
        Column out = new Column(labels, binary.returnBool(), grid.steps());
        boolean any = false;
        for (int i = 0; i < grid.steps(); i++) {
            FloatHistogram a = left.histogram(i);
            FloatHistogram b = right.histogram(i);
            boolean present = (a != null || left.hasFloat(i)) && (b != null || right.hasFloat(i));
            if (present && ops.apply(left.values[i], a, right.values[i], b)) {
                if (own.get(i)) {
                    throw ambiguous();
                }
                own.set(i);
                matched.set(i);
                any |= put(out, i);
            }
        }
        if (any) {
            sink.accept(out);
        }
    }

    private boolean put(Column out, int step) {
        FloatHistogram histogram = ops.histogram;
        if (binary.returnBool()) {
            out.values[step] = ops.holds ? 1 : 0;
            return true;
        }
        if (!ops.holds) {
            return false;
        }
        if (histogram != null) {
            out.set(step, histogram);
        } else {
            out.values[step] = ops.value;
        }
        return true;
    }

    private PromqlException ambiguous() {
        return PromqlException.execution(
                oneToOne
                        ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                        : "multiple matches for labels: grouping labels must ensure unique matches");
    }

    private Labels resultLabels(Labels many, Labels one) {
        Labels base = dropsName ? Names.drop(many) : many;
        if (oneToOne) {
            Set<String> names = Set.copyOf(matching.labels());
            base = base.filter(name -> names.contains(name) == matching.on());
        }
        if (matching.include().isEmpty()) {
            return base;
        }
        Labels.Builder builder = base.toBuilder();
        for (String name : matching.include()) {
            builder.set(name, one.get(name));
        }
        return builder.build();
    }
}
