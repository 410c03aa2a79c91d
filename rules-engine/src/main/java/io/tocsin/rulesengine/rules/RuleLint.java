package io.tocsin.rulesengine.rules;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.rulesengine.rules.template.AlertTemplate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds what is allowed but cannot be meant. All findings are warnings, and each can be proved from the rule. */
final class RuleLint {
    /** Labels whose values people and machines make up without end. */
    private static final Set<String> UNBOUNDED = Set.of(
            "trace_id",
            "span_id",
            "request_id",
            "session_id",
            "user_id",
            "email",
            "url",
            "uri",
            "query",
            "uuid",
            "transaction_id",
            "message_id");

    private final YamlFields fields;
    private final Expression expression;
    private final Problems problems;

    private RuleLint(YamlFields fields, Expression expression) {
        this.fields = fields;
        this.expression = expression;
        this.problems = fields.source().problems();
    }

    static void recording(YamlFields fields, Expression expression) {
        RuleLint lint = new RuleLint(fields, expression);
        lint.cardinality(expression.expr());
    }

    static void alerting(
            YamlFields fields,
            Expression expression,
            Condition condition,
            Duration holdFor,
            @Nullable Duration interval,
            Map<String, ScalarNode> labels,
            Map<String, ScalarNode> annotations) {
        RuleLint lint = new RuleLint(fields, expression);
        lint.cardinality(expression.expr());
        if (condition instanceof Condition.Threshold) {
            lint.neverOrAlways();
            lint.holdFor(holdFor, interval);
        }
        Set<String> own = Set.copyOf(new HashSet<>(labels.keySet()));
        labels.forEach((name, scalar) -> lint.template("label", name, scalar, Set.of()));
        annotations.forEach((name, scalar) -> lint.template("annotation", name, scalar, own));
        labels.forEach((name, scalar) -> lint.changingLabel(name, scalar, holdFor));
    }

    private void warn(String field, String message) {
        problems.warning(fields.keyPosition(field), message);
    }

    private static Expr bare(Expr expr) {
        return expr instanceof Expr.Paren paren ? bare(paren.expr()) : expr;
    }

    private void neverOrAlways() {
        if (bare(expression.expr()) instanceof Expr.Binary binary
                && binary.op().isComparison()
                && binary.returnBool()) {
            warn(
                    "expr",
                    "this alert is always active: a comparison with 'bool' yields 0 or 1, and both raise an alert");
        }
        Double constant = constant(expression.expr());
        boolean comparison = bare(expression.expr()) instanceof Expr.Binary binary
                && binary.op().isComparison();
        if (constant != null && comparison && constant.isNaN()) {
            warn("expr", "this alert can never be active: the comparison of constants does not hold");
        }
    }

    /** The value of a constant; NaN stands for an empty vector; null where it is no constant. */
    private static @Nullable Double constant(Expr expr) {
        return switch (bare(expr)) {
            case Expr.NumberLiteral number -> number.value();
            case Expr.Call call
            when call.function() == Function.VECTOR -> constant(call.args().getFirst());
            case Expr.Binary binary when binary.op().isComparison() && !binary.returnBool() -> compared(binary);
            default -> null;
        };
    }

    private static @Nullable Double compared(Expr.Binary binary) {
        Double left = constant(binary.left());
        Double right = constant(binary.right());
        if (left == null || right == null) {
            return null;
        }
        return holds(binary.op(), left, right) ? left : (Double) Double.NaN;
    }

    private static boolean holds(BinaryOp op, double left, double right) {
        return switch (op) {
            case EQ -> left == right;
            case NEQ -> left != right;
            case LT -> left < right;
            case LTE -> left <= right;
            case GT -> left > right;
            case GTE -> left >= right;
            case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW -> true;
        };
    }

    private void holdFor(Duration holdFor, @Nullable Duration interval) {
        if (holdFor.isZero()) {
            return;
        }
        if (interval != null && !interval.isZero() && holdFor.compareTo(interval) < 0) {
            warn(
                    "for",
                    "'for' " + Durations.format(holdFor) + " is shorter than the group's interval "
                            + Durations.format(interval)
                            + ": the alert fires at its second evaluation at the earliest");
        }
        Duration longest = longestTruth(expression.expr());
        if (longest != null && holdFor.compareTo(longest) > 0) {
            warn(
                    "for",
                    "unreachable 'for': the expression cannot hold for " + Durations.format(holdFor) + ", it holds for "
                            + Durations.format(longest) + " after one event");
        }
    }

    /** How long an expression can hold after one event; null where that is not bounded. */
    private static @Nullable Duration longestTruth(Expr expr) {
        Expr bare = bare(expr);
        if (!(bare instanceof Expr.Binary binary)) {
            return null;
        }
        if (binary.op() == BinaryOp.AND) {
            return shorter(longestTruth(binary.left()), longestTruth(binary.right()));
        }
        Double bound = constant(binary.right());
        boolean positive = bound != null
                && ((binary.op() == BinaryOp.GT && bound >= 0)
                        || (binary.op() == BinaryOp.GTE && bound > 0)
                        || (binary.op() == BinaryOp.NEQ && bound == 0));
        if (bare(binary.left()) instanceof Expr.Call call) {
            boolean counts = call.function() == Function.CHANGES || call.function() == Function.RESETS;
            if (positive && counts && call.args().getFirst() instanceof Expr.MatrixSelector matrix) {
                return matrix.range() instanceof DurationExpr.Fixed fixed ? Duration.ofMillis(fixed.millis()) : null;
            }
            if (binary.op() == BinaryOp.EQ && bound != null && call.args().isEmpty()) {
                return clockPeriod(call.function());
            }
        }
        return null;
    }

    private static @Nullable Duration clockPeriod(Function function) {
        return switch (function) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY_OF_WEEK, DAY_OF_MONTH, DAY_OF_YEAR -> Duration.ofDays(1);
            default -> null;
        };
    }

    private static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) <= 0 ? a : b;
    }

    private void template(String what, String name, ScalarNode scalar, Set<String> ruleLabels) {
        OutputLabels output = OutputLabels.of(expression.expr());
        for (AlertTemplate.LabelReference reference : parsed(scalar).labelReferences()) {
            String label = reference.label();
            if (!output.canHave(label)) {
                String hint = ruleLabels.contains(label)
                        ? "; it is a label of the rule, which templates do not see"
                        : output.known().isEmpty() ? "" : Suggestion.hint(label, new TreeSet<>(output.known()));
                problems.warning(
                        fields.source().position(scalar, reference.offset()),
                        "unknown label in template: the expression yields no label '" + label + "', used in " + what
                                + " '" + name + "'" + hint);
            }
        }
    }

    private void changingLabel(String name, ScalarNode scalar, Duration holdFor) {
        if (!parsed(scalar).readsValue()) {
            return;
        }
        String message = holdFor.isZero()
                ? "cardinality risk: label '" + name + "' takes the value, so each new value is a new alert"
                : "unreachable 'for': label '" + name + "' takes the value, so each new value is a new alert that"
                        + " waits from the start";
        problems.warning(fields.source().position(scalar), message + "; use an annotation");
    }

    /** Templates that do not parse have been reported; here they read nothing. */
    private static AlertTemplate parsed(ScalarNode scalar) {
        try {
            return AlertTemplate.parse("", scalar.getValue());
        } catch (TemplateException.Parse e) {
            return AlertTemplate.EMPTY;
        }
    }

    private void cardinality(Expr expr) {
        switch (expr) {
            case Expr.Aggregate aggregate -> {
                if (!aggregate.without()) {
                    aggregate.grouping().stream().filter(UNBOUNDED::contains).forEach(this::unbounded);
                }
            }
            case Expr.VectorSelector selector -> {
                if (selector.matchers().stream().allMatch(RuleLint::matchesNearlyAll)) {
                    warn("expr", "cardinality risk: a selector in the expression reads every series");
                }
            }
            default -> {}
        }
        if (expr.type() != ValueType.STRING) {
            expr.children().forEach(this::cardinality);
        }
    }

    private void unbounded(String label) {
        warn("expr", "cardinality risk: grouping by '" + label + "' makes a series for each of its values");
    }

    private static boolean matchesNearlyAll(LabelMatcher matcher) {
        return switch (matcher.type()) {
            case RE -> matcher.value().equals(".*") || matcher.value().equals(".+");
            case NEQ -> matcher.value().isEmpty();
            case EQ, NRE -> false;
        };
    }
}
