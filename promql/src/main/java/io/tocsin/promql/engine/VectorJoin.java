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
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and comparisons between two vectors. "Many" is the side that may have several elements per match, "one" the
 * other; without grouping, "many" is the left side and has at most one as well.
 */
final class VectorJoin {

    /** A column, and its place among those of its side. */
    private record Member(Column column, int place) {}

    /** The columns of both sides that share a signature. */
    private record Match(Labels key, List<Member> many, List<Member> one) {
        Match(Labels key) {
            this(key, new ArrayList<>(1), new ArrayList<>(1));
        }
    }

    /** The first step at which the "one" side has two elements. */
    private record Duplicate(int step, Match match, Member first, Member second) {
        boolean before(Duplicate other) {
            return step < other.step || (step == other.step && second.place() < other.second.place());
        }
    }

    private final Evaluator evaluator;
    private final Expr.Binary binary;
    private final VectorMatching matching;
    private final Grid grid;
    private final boolean swapped;
    private final boolean oneToOne;
    private final boolean dropsName;
    private final Remarks remarks;
    private final ElementOps ops;
    private final Set<String> matchingLabels;
    private final Map<Labels, Match> matches = new LinkedHashMap<>();
    private final BitSet manySteps = new BitSet();

    VectorJoin(Evaluator evaluator, Expr.Binary binary, VectorMatching matching, Grid grid) {
        this.evaluator = evaluator;
        this.binary = binary;
        this.matching = matching;
        this.grid = grid;
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        this.dropsName = BinaryOperation.changesMetric(binary.op())
                || (binary.returnBool() && !evaluator.options.delayedNameRemoval());
        this.matchingLabels = Set.copyOf(matching.labels());
        this.remarks = new Remarks(binary, evaluator.annotations);
        this.ops = new ElementOps(binary.op(), remarks);
    }

    void stream(Sink sink) {
        List<Column> left = evaluator.collect(binary.left(), grid);
        List<Column> right = evaluator.collect(binary.right(), grid);
        List<Column> many = swapped ? right : left;
        List<Column> one = swapped ? left : right;
        Signature signature = new Signature(matching);
        for (int i = 0; i < many.size(); i++) {
            match(signature, many.get(i)).many().add(new Member(many.get(i), i));
            note(many.get(i), manySteps);
        }
        for (int i = 0; i < one.size(); i++) {
            match(signature, one.get(i)).one().add(new Member(one.get(i), i));
        }
        refuseDuplicates();
        matches.values().forEach(match -> join(match, many.size(), sink));
        remarks.flush();
    }

    private Match match(Signature signature, Column column) {
        return matches.computeIfAbsent(signature.of(column.labels), Match::new);
    }

    private void note(Column column, BitSet steps) {
        for (int i = steps.nextClearBit(0); i < column.steps(); i = steps.nextClearBit(i + 1)) {
            if (column.has(i)) {
                steps.set(i);
            }
        }
    }

    private void join(Match match, int manySize, Sink sink) {
        evaluator.budget.work(grid.steps() * (1 + match.many().size()));
        boolean nothing = (match.many().isEmpty() && matching.fillLeft() == null)
                || (match.one().isEmpty() && matching.fillRight() == null);
        if (nothing) {
            return;
        }
        BitSet matched = new BitSet();
        Map<Labels, BitSet> results = match.many().size() > 1 ? new HashMap<>() : Map.of();
        for (Member many : match.many()) {
            for (Member one : match.one()) {
                pair(many, one.column(), matched, results, sink);
            }
            if (matching.fillRight() != null) {
                Column one = filler(match.key(), matching.fillRight());
                removeWherePresent(one, match.one());
                pair(many, one, matched, results, sink);
            }
        }
        for (int i = 0; matching.fillLeft() != null && i < match.one().size(); i++) {
            Member one = match.one().get(i);
            Column many = filler(match.key(), matching.fillLeft());
            matched.stream().forEach(many::remove);
            pair(new Member(many, manySize + one.place()), one.column(), new BitSet(), results, sink);
        }
    }

    private Column filler(Labels key, double value) {
        Column column = new Column(key, false, grid.steps());
        java.util.Arrays.fill(column.values, value);
        return column;
    }

    private static void removeWherePresent(Column filler, List<Member> members) {
        for (Member member : members) {
            for (int i = 0; i < filler.steps(); i++) {
                if (member.column().has(i)) {
                    filler.remove(i);
                }
            }
        }
    }

    /** Two elements of the "one" side at one step are an error, unless the other vector is empty there. */
    private void refuseDuplicates() {
        Duplicate first = null;
        for (Match match : matches.values()) {
            Duplicate found = match.one().size() > 1 ? duplicate(match) : null;
            if (found != null && (first == null || found.before(first))) {
                first = found;
            }
        }
        if (first != null) {
            throw refusal(first);
        }
    }

    private @Nullable Duplicate duplicate(Match match) {
        for (int i = 0; i < grid.steps(); i++) {
            Member first = null;
            for (Member member : match.one()) {
                if (member.column().has(i) && (manySteps.get(i) || matching.fills())) {
                    if (first != null) {
                        return new Duplicate(i, match, first, member);
                    }
                    first = member;
                }
            }
        }
        return null;
    }

    private PromqlException refusal(Duplicate duplicate) {
        String a = duplicate.first().column().labels.toString();
        String b = duplicate.second().column().labels.toString();
        boolean ordered = Utf8.compare(a, b) <= 0;
        return PromqlException.execution("found duplicate series for the match group " + duplicate.match().key() + " on the "
                + (swapped ? "left" : "right") + " hand-side of the operation: [" + (ordered ? a : b) + ", "
                + (ordered ? b : a)
                + "];many-to-many matching not allowed: matching labels must be unique on one side");
    }

    private void pair(Member member, Column one, BitSet matched, Map<Labels, BitSet> results, Sink sink) {
        Column many = member.column();
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
            boolean done = present && ops.apply(left.values[i], a, right.values[i], b);
            remarks.place(i, member.place());
            if (done) {
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
            base = base.filter(name -> matchingLabels.contains(name) == matching.on());
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
