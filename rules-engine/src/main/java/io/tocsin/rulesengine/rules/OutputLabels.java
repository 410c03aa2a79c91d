package io.tocsin.rulesengine.rules;

import io.tocsin.promql.ast.AggregateOp;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.ValueType;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which labels the elements of an expression can have, as far as the expression alone tells.
 *
 * @param exact whether {@code names} are all the labels there can be; otherwise they are those there cannot be
 */
record OutputLabels(boolean exact, Set<String> names) {
    private static final OutputLabels NONE = new OutputLabels(true, Set.of());
    private static final OutputLabels ANY = new OutputLabels(false, Set.of());

    OutputLabels {
        names = Set.copyOf(names);
    }

    boolean canHave(String label) {
        return exact == names.contains(label);
    }

    static OutputLabels of(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral _, Expr.StringLiteral _ -> NONE;
            case Expr.VectorSelector _ -> ANY;
            case Expr.MatrixSelector matrix -> of(matrix.selector());
            case Expr.Subquery subquery -> of(subquery.expr());
            case Expr.Paren paren -> of(paren.expr());
            case Expr.Unary unary -> of(unary.expr()).without(Set.of(Labels.METRIC_NAME));
            case Expr.Call call -> call(call);
            case Expr.Aggregate aggregate -> aggregate(aggregate);
            case Expr.Binary binary -> binary(binary);
        };
    }

    private static OutputLabels call(Expr.Call call) {
        if (call.function().returnType() != ValueType.VECTOR || call.args().isEmpty()) {
            return NONE;
        }
        return switch (call.function()) {
            case VECTOR -> NONE;
            case ABSENT, ABSENT_OVER_TIME -> absent(call.args().getFirst());
            case INFO -> ANY;
            case LABEL_REPLACE, LABEL_JOIN ->
                of(call.args().getFirst()).with(text(call.args().get(1)));
            case HISTOGRAM_QUANTILE, HISTOGRAM_FRACTION ->
                of(call.args().getLast()).without(Set.of(Labels.METRIC_NAME, Labels.BUCKET));
            case HISTOGRAM_QUANTILES ->
                of(call.args().getFirst()).with(text(call.args().get(1)));
            case LAST_OVER_TIME, FIRST_OVER_TIME, SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC ->
                of(call.args().getFirst());
            case QUANTILE_OVER_TIME -> of(call.args().getLast()).without(Set.of(Labels.METRIC_NAME));
            default -> of(call.args().getFirst()).without(Set.of(Labels.METRIC_NAME));
        };
    }

    /** What is missing has the labels that its matchers ask for. */
    private static OutputLabels absent(Expr argument) {
        List<LabelMatcher> matchers = switch (argument) {
            case Expr.VectorSelector selector -> selector.matchers();
            case Expr.MatrixSelector matrix -> matrix.selector().matchers();
            default -> List.of();
        };
        Set<String> names = new HashSet<>();
        for (LabelMatcher matcher : matchers) {
            if (matcher.type() == LabelMatcher.Type.EQ && !matcher.name().equals(Labels.METRIC_NAME)) {
                names.add(matcher.name());
            }
        }
        return new OutputLabels(true, names);
    }

    private static String text(Expr expr) {
        return expr instanceof Expr.StringLiteral literal ? literal.value() : "";
    }

    private static OutputLabels aggregate(Expr.Aggregate aggregate) {
        OutputLabels input = of(aggregate.expr());
        boolean keepsElements = switch (aggregate.op()) {
            case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO -> true;
            case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR, COUNT_VALUES, QUANTILE -> false;
        };
        if (keepsElements) {
            return input;
        }
        Set<String> grouping = Set.copyOf(new HashSet<>(aggregate.grouping()));
        OutputLabels output = aggregate.without()
                ? input.without(grouping).without(Set.of(Labels.METRIC_NAME))
                : input.only(grouping);
        Expr parameter = aggregate.parameter();
        return aggregate.op() == AggregateOp.COUNT_VALUES && parameter != null ? output.with(text(parameter)) : output;
    }

    private static OutputLabels binary(Expr.Binary binary) {
        VectorMatching matching = binary.matching();
        if (matching == null) {
            Expr vector = binary.left().type() == ValueType.VECTOR ? binary.left() : binary.right();
            boolean filters = binary.op().isComparison() && !binary.returnBool();
            OutputLabels labels = of(vector);
            return filters ? labels : labels.without(Set.of(Labels.METRIC_NAME));
        }
        OutputLabels left = of(binary.left());
        OutputLabels right = of(binary.right());
        if (binary.op().isSet()) {
            return switch (binary.op()) {
                case OR -> left.or(right);
                default -> left;
            };
        }
        return switch (matching.cardinality()) {
            case MANY_TO_ONE -> left.withAll(matching.include());
            case ONE_TO_MANY -> right.withAll(matching.include());
            case ONE_TO_ONE, MANY_TO_MANY -> {
                Set<String> names = new HashSet<>(matching.labels());
                yield matching.on()
                        ? left.or(right).only(names)
                        : left.or(right).without(names);
            }
        };
    }

    private OutputLabels with(String label) {
        return withAll(List.of(label));
    }

    private OutputLabels withAll(List<String> labels) {
        Set<String> all = new HashSet<>(names);
        if (exact) {
            all.addAll(labels);
        } else {
            labels.forEach(all::remove);
        }
        return new OutputLabels(exact, all);
    }

    private OutputLabels without(Set<String> labels) {
        Set<String> all = new HashSet<>(names);
        if (exact) {
            all.removeAll(labels);
        } else {
            all.addAll(labels);
        }
        return new OutputLabels(exact, all);
    }

    private OutputLabels only(Set<String> labels) {
        Set<String> kept = new HashSet<>(labels);
        kept.removeIf(label -> !canHave(label));
        return new OutputLabels(true, kept);
    }

    /** The labels of either. */
    private OutputLabels or(OutputLabels other) {
        if (exact && other.exact) {
            return withAll(List.copyOf(other.names));
        }
        if (exact != other.exact) {
            OutputLabels open = exact ? other : this;
            return open.withAll(List.copyOf(exact ? names : other.names));
        }
        Set<String> both = new HashSet<>(names);
        both.retainAll(other.names);
        return new OutputLabels(false, both);
    }

    /** The names of all labels there can be; empty when that is not known. */
    Set<String> known() {
        return exact ? names : Set.of();
    }
}
