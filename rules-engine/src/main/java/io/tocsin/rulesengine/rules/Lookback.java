package io.tocsin.rulesengine.rules;

import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far back expressions read, which is how long samples must be kept for them. */
public final class Lookback {
    /** What an instant selector looks back. */
    private static final Duration INSTANT = Duration.ofMinutes(5);

    private Lookback() {}

    /** The longest range, subquery and offset along any path; a fixed {@code @} time and duration arithmetic count as none. */
    public static Duration of(Expr expr) {
        return switch (expr) {
            case Expr.VectorSelector selector -> INSTANT.plus(length(selector.offset()));
            case Expr.MatrixSelector matrix ->
                length(matrix.range()).plus(length(matrix.selector().offset()));
            case Expr.Subquery subquery ->
                length(subquery.range()).plus(length(subquery.offset())).plus(of(subquery.expr()));
            case Expr.NumberLiteral _, Expr.StringLiteral _ -> Duration.ZERO;
            case Expr.Call _, Expr.Aggregate _, Expr.Binary _, Expr.Unary _, Expr.Paren _ ->
                expr.children().stream().map(Lookback::of).reduce(Duration.ZERO, Lookback::longer);
        };
    }

    /** The longest of all rules of a set. */
    public static Duration of(RuleSet rules) {
        Duration longest = Duration.ZERO;
        for (RuleGroup group : rules.groups()) {
            for (Rule rule : group.evaluated()) {
                longest = longer(longest, of(rule).plus(group.queryOffsetOr(Duration.ZERO)));
            }
        }
        return longest;
    }

    private static Duration of(Rule rule) {
        return switch (rule) {
            case Rule.Alerting alerting -> longer(of(alerting.expression().expr()), recover(alerting.condition()));
            case Rule.Recording recording -> of(recording.expression().expr());
            case Rule.Objective objective ->
                objective.alerts().stream().map(Lookback::of).reduce(Duration.ZERO, Lookback::longer);
        };
    }

    private static Duration recover(Condition condition) {
        return condition instanceof Condition.Threshold threshold && threshold.recover() != null
                ? of(threshold.recover().expr())
                : Duration.ZERO;
    }

    /** A negative offset looks ahead, not back. */
    private static Duration length(@Nullable DurationExpr duration) {
        return duration instanceof DurationExpr.Fixed fixed && fixed.millis() > 0
                ? Duration.ofMillis(fixed.millis())
                : Duration.ZERO;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
