package io.tocsin.promql.parse;

import io.tocsin.promql.ast.At;
import io.tocsin.promql.ast.BinaryOp;
import io.tocsin.promql.ast.DurationExpr;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Extension;
import io.tocsin.promql.ast.VectorMatching;
import io.tocsin.promql.ast.VectorMatching.Cardinality;
import io.tocsin.promql.model.GoFloat;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an expression as text that reads back to an equal expression: on one line, or broken over lines. */
public final class PromqlFormatter {

    private static final int LINE = 100;

    private final StringBuilder out = new StringBuilder();

    private PromqlFormatter() {}

    /** On one line, as Prometheus prints expressions. */
    public static String format(Expr expr) {
        PromqlFormatter formatter = new PromqlFormatter();
        formatter.write(expr);
        return formatter.out.toString();
    }

    /** Over several lines, indented by two spaces, where one line would be longer than 100 bytes. */
    public static String pretty(Expr expr) {
        return pretty(expr, 0);
    }

    private void write(Expr expr) {
        switch (expr) {
            case Expr.NumberLiteral n -> out.append(number(n.value(), n.unit()));
            case Expr.StringLiteral s -> GoQuote.quoteTo(out, s.value());
            case Expr.Paren p -> {
                out.append('(');
                write(p.expr());
                out.append(')');
            }
            case Expr.Unary u -> {
                out.append(u.negative() ? '-' : '+');
                write(u.expr());
            }
            case Expr.VectorSelector v -> {
                selector(v);
                at(v.at());
                extension(v.extension());
                offset(v.offset());
            }
            case Expr.MatrixSelector m -> {
                selector(m.selector());
                out.append('[').append(duration(m.range())).append(']');
                extension(m.selector().extension());
                at(m.selector().at());
                offset(m.selector().offset());
            }
            case Expr.Subquery s -> {
                write(s.expr());
                suffix(s);
            }
            case Expr.Call c -> {
                out.append(c.function().symbol()).append('(');
                list(c.args());
                out.append(')');
            }
            case Expr.Aggregate a -> {
                head(a);
                out.append('(');
                if (a.parameter() != null) {
                    write(a.parameter());
                    out.append(", ");
                }
                write(a.expr());
                out.append(')');
            }
            case Expr.Binary b -> {
                base(b);
                out.append(' ');
                operator(b);
                out.append(' ');
                write(b.right());
            }
        }
    }

    private void base(Expr.Binary binary) {
        if (needsUnsigned(binary)) {
            out.append("Inf");
        } else {
            write(binary.left());
        }
    }

    /** Whether a sign before the left operand would be read as the sign of the power. */
    private static boolean needsUnsigned(Expr.Binary binary) {
        return binary.op() == BinaryOp.POW
                && binary.left() instanceof Expr.NumberLiteral n
                && n.value() == Double.POSITIVE_INFINITY;
    }

    private void list(List<Expr> exprs) {
        for (int i = 0; i < exprs.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(exprs.get(i));
        }
    }

    private void selector(Expr.VectorSelector selector) {
        out.append(selector.name());
        boolean named = selector.name().isEmpty();
        String separator = "{";
        for (LabelMatcher matcher : selector.matchers()) {
            boolean own = !named
                    && matcher.type() == LabelMatcher.Type.EQ
                    && matcher.name().equals(Labels.METRIC_NAME)
                    && matcher.value().equals(selector.name());
            if (!own) {
                out.append(separator).append(matcher);
                separator = ",";
            }
        }
        if (separator.equals(",")) {
            out.append('}');
        } else if (named) {
            out.append("{}");
        }
    }

    private void at(@Nullable At at) {
        switch (at) {
            case null -> {}
            case At.Start s -> out.append(" @ start()");
            case At.End e -> out.append(" @ end()");
            case At.Time t -> {
                String magnitude = Long.toUnsignedString(Math.abs(t.millis()));
                String digits = "0".repeat(Math.max(0, 4 - magnitude.length())) + magnitude;
                out.append(" @ ").append(t.millis() < 0 ? "-" : "");
                out.append(digits, 0, digits.length() - 3)
                        .append('.')
                        .append(digits, digits.length() - 3, digits.length());
            }
        }
    }

    private void extension(Extension extension) {
        out.append(
                switch (extension) {
                    case NONE -> "";
                    case ANCHORED -> " anchored";
                    case SMOOTHED -> " smoothed";
                });
    }

    private void offset(@Nullable DurationExpr offset) {
        if (offset != null) {
            // Two plus signs mean nothing, and make all that follows one duration.
            out.append(" offset ").append(endsItself(offset) ? "" : "+ +").append(duration(offset));
        }
    }

    /** Whether a reader knows where this offset ends, or goes on over all of it. */
    private static boolean endsItself(DurationExpr offset) {
        return switch (offset) {
            case DurationExpr.Fixed f -> true;
            case DurationExpr.Seconds n -> true;
            case DurationExpr.Step s -> true;
            case DurationExpr.Range r -> true;
            case DurationExpr.Wrapped w -> true;
            case DurationExpr.Extreme e -> true;
            case DurationExpr.Binary b ->
                duration(b).startsWith("(") || duration(b).startsWith("--");
            case DurationExpr.Negated n ->
                switch (n.operand()) {
                    case DurationExpr.Step s -> true;
                    case DurationExpr.Range r -> true;
                    case DurationExpr.Wrapped w -> true;
                    case DurationExpr.Extreme e -> true;
                    case DurationExpr.Negated again -> true;
                    case DurationExpr.Fixed f -> true;
                    case DurationExpr.Seconds number -> true;
                    case DurationExpr.Binary b -> false;
                };
        };
    }

    private void suffix(Expr.Subquery subquery) {
        out.append('[').append(duration(subquery.range())).append(':');
        if (subquery.step() != null) {
            out.append(duration(subquery.step()));
        }
        out.append(']');
        at(subquery.at());
        offset(subquery.offset());
    }

    private void head(Expr.Aggregate aggregate) {
        out.append(aggregate.op().symbol());
        if (aggregate.without() || !aggregate.grouping().isEmpty()) {
            out.append(aggregate.without() ? " without (" : " by (");
            labels(aggregate.grouping());
            out.append(") ");
        }
    }

    private void operator(Expr.Binary binary) {
        out.append(binary.op().symbol()).append(binary.returnBool() ? " bool" : "");
        VectorMatching matching = binary.matching();
        if (matching == null) {
            return;
        }
        boolean grouped = matching.cardinality().grouped();
        if (!matching.labels().isEmpty() || matching.on() || grouped) {
            out.append(matching.on() ? " on (" : " ignoring (");
            labels(matching.labels());
            out.append(')');
        }
        if (grouped) {
            out.append(matching.cardinality() == Cardinality.MANY_TO_ONE ? " group_left (" : " group_right (");
            labels(matching.include());
            out.append(')');
        }
        fill(matching);
    }

    private void fill(VectorMatching matching) {
        Double left = matching.fillLeft();
        Double right = matching.fillRight();
        if (left != null && right != null && left.doubleValue() == right.doubleValue() && left.equals(right)) {
            out.append(" fill (").append(GoFloat.formatG(left)).append(')');
            return;
        }
        if (left != null) {
            out.append(" fill_left (").append(GoFloat.formatG(left)).append(')');
        }
        if (right != null) {
            out.append(" fill_right (").append(GoFloat.formatG(right)).append(')');
        }
    }

    private void labels(List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            if (LabelNames.isLegacy(labels.get(i))) {
                out.append(labels.get(i));
            } else {
                GoQuote.quoteTo(out, labels.get(i));
            }
        }
    }

    private static String number(double value, boolean unit) {
        if (!unit) {
            return GoFloat.format(value);
        }
        boolean negativeZero = value == 0 && 1 / value < 0;
        return negativeZero ? "-0s" : Literals.formatDuration(Math.round(value * 1000));
    }

    private static String duration(DurationExpr duration) {
        return switch (duration) {
            case DurationExpr.Fixed f ->
                f.nanos() % 1_000_000 == 0
                        ? Literals.formatDuration(f.millis())
                        : java.math.BigDecimal.valueOf(f.nanos(), 9)
                                .stripTrailingZeros()
                                .toPlainString();
            case DurationExpr.Seconds n -> number(n.seconds(), n.unit());
            case DurationExpr.Step s -> "step()";
            case DurationExpr.Range r -> "range()";
            case DurationExpr.Wrapped w -> "(" + duration(w.inner()) + ")";
            case DurationExpr.Negated n -> "-" + duration(n.operand());
            case DurationExpr.Extreme e ->
                (e.max() ? "max_of(" : "min_of(") + duration(e.left()) + ", " + duration(e.right()) + ")";
            case DurationExpr.Binary b -> duration(b.left()) + " " + b.op().symbol() + " " + duration(b.right());
        };
    }

    private static String pretty(Expr expr, int level) {
        String indent = "  ".repeat(level);
        String line = format(expr);
        boolean fits = Utf8.encode(line).length <= LINE;
        return switch (expr) {
            case Expr.NumberLiteral n -> indent + line;
            case Expr.StringLiteral s -> indent + line;
            case Expr.VectorSelector v -> indent + line;
            case Expr.MatrixSelector m -> indent + line;
            case Expr.Unary u ->
                indent + (u.negative() ? "-" : "+") + pretty(u.expr(), level).strip();
            case Expr.Subquery s -> fits ? indent + line : pretty(s.expr(), level) + part(f -> f.suffix(s));
            case Expr.Paren p ->
                fits ? indent + line : indent + "(\n" + pretty(p.expr(), level + 1) + "\n" + indent + ")";
            case Expr.Call c -> fits ? indent + line : call(c, level);
            case Expr.Aggregate a -> fits ? indent + line : aggregate(a, level);
            case Expr.Binary b -> fits ? indent + line : binary(b, level);
        };
    }

    private static String binary(Expr.Binary binary, int level) {
        String left = needsUnsigned(binary) ? "  ".repeat(level + 1) + "Inf" : pretty(binary.left(), level + 1);
        return left + "\n" + "  ".repeat(level) + part(f -> f.operator(binary)) + "\n"
                + pretty(binary.right(), level + 1);
    }

    private static String call(Expr.Call call, int level) {
        String indent = "  ".repeat(level);
        List<String> args =
                call.args().stream().map(arg -> pretty(arg, level + 1)).toList();
        return indent + call.function().symbol() + "(\n" + String.join(",\n", args) + "\n" + indent + ")";
    }

    private static String aggregate(Expr.Aggregate aggregate, int level) {
        String indent = "  ".repeat(level);
        String parameter = aggregate.parameter() == null ? "" : pretty(aggregate.parameter(), level + 1) + ",\n";
        return indent + part(f -> f.head(aggregate)) + "(\n" + parameter + pretty(aggregate.expr(), level + 1) + "\n"
                + indent + ")";
    }

    private static String part(java.util.function.Consumer<PromqlFormatter> writer) {
        PromqlFormatter formatter = new PromqlFormatter();
        writer.accept(formatter);
        return formatter.out.toString();
    }
}
