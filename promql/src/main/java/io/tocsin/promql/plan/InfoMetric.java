package io.tocsin.promql.plan;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which series {@code info()} joins with: those its second argument names, else {@code target_info}. */
final class InfoMetric {
    static final String DEFAULT_METRIC = "target_info";

    private static final long NANOS = 1_000_000;

    private InfoMetric() {}

    /** The selector of the series that a call of {@code info()} joins with, at the times at which it reads them. */
    static Expr.VectorSelector of(Expr.Call call) {
        List<LabelMatcher> matchers =
                call.args().size() > 1 && call.args().get(1) instanceof Expr.VectorSelector selector
                        ? named(selector.matchers())
                        : named(List.of());
        Expr.VectorSelector info = new Expr.VectorSelector("", matchers, null, null, Expr.Extension.NONE, call.span());
        return timedLike(common(call.args().getFirst()), info);
    }

    /** Without a metric name it is the default one; with exclusions alone, any that looks like an info metric. */
    private static List<LabelMatcher> named(List<LabelMatcher> given) {
        List<LabelMatcher> matchers = new ArrayList<>(given);
        List<LabelMatcher> names =
                given.stream().filter(m -> m.name().equals(Labels.METRIC_NAME)).toList();
        boolean onlyExclusions =
                names.stream().allMatch(m -> m.type() == LabelMatcher.Type.NEQ || m.type() == LabelMatcher.Type.NRE);
        if (names.isEmpty()) {
            matchers.add(LabelMatcher.equal(Labels.METRIC_NAME, DEFAULT_METRIC));
        } else if (onlyExclusions) {
            matchers.add(new LabelMatcher(LabelMatcher.Type.RE, Labels.METRIC_NAME, ".+_info"));
        }
        return matchers;
    }

    private record Timing(long offsetNanos, @Nullable At at) {

        boolean same(Timing other) {
            if (at instanceof At.Time a && other.at instanceof At.Time b) {
                return a.millis() * NANOS - offsetNanos == b.millis() * NANOS - other.offsetNanos;
            }
            return Objects.equals(at, other.at) && offsetNanos == other.offsetNanos;
        }
    }

    private static Expr.VectorSelector timedLike(@Nullable Timing timing, Expr.VectorSelector info) {
        Expr.VectorSelector timed = info;
        if (timing != null && timing.offsetNanos != 0) {
            timed = timed.withOffset(new DurationExpr.Fixed(timing.offsetNanos, info.span()), info.span());
        }
        return timing == null || timing.at == null ? timed : timed.withAt(timing.at, info.span());
    }

    /**
     * When the selectors that the elements come from all read, with the offsets of the subqueries around them; null when
     * they do not agree, or elements come from none, and info series are read at the evaluation's own times.
     */
    private static @Nullable Timing common(Expr expr) {
        List<Timing> found = new ArrayList<>();
        boolean all = look(expr, new ArrayList<>(), found);
        return all && !found.isEmpty() && found.stream().allMatch(found.getFirst()::same) ? found.getFirst() : null;
    }

    /** Notes when selectors of vectors read; false when there is a vector that comes from none. */
    private static boolean look(Expr expr, List<Expr.Subquery> around, List<Timing> found) {
        if (expr instanceof Expr.VectorSelector selector) {
            long offset = nanos(selector.offset());
            At at = selector.at();
            for (int i = around.size() - 1; at == null && i >= 0; i--) {
                offset += nanos(around.get(i).offset());
                at = around.get(i).at();
            }
            return found.add(new Timing(offset, at));
        }
        List<Expr.Subquery> inside = new ArrayList<>(around);
        if (expr instanceof Expr.Subquery subquery) {
            inside.add(subquery);
        }
        boolean info = expr instanceof Expr.Call call && call.function() == Function.INFO;
        int before = found.size();
        boolean all = true;
        // The second argument of info is written like a selector, but is not read as one.
        for (Expr child : info ? expr.children().subList(0, 1) : expr.children()) {
            if (child.type() == ValueType.VECTOR || child.type() == ValueType.MATRIX) {
                all &= look(child, inside, found);
            }
        }
        return all && (info || found.size() > before);
    }

    private static long nanos(@Nullable DurationExpr offset) {
        return offset instanceof DurationExpr.Fixed fixed ? fixed.nanos() : 0;
    }
}
