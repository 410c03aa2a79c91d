package io.tocsin.promql.engine;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Function;
import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** {@code label_replace} and {@code label_join}: they change labels, not samples. */
final class LabelFunctions {

    private LabelFunctions() {}

    static void stream(Evaluator evaluator, Expr.Call call, Grid grid, Sink sink) {
        boolean replace = call.function() == Function.LABEL_REPLACE;
        String target = text(call.args().get(1));
        UnaryOperator<Labels> change = replace ? replacement(call, target) : join(call, target);
        boolean namesMetric = target.equals(Labels.METRIC_NAME);
        evaluator.stream(call.args().getFirst(), grid, new Sink.Stage(new Unique(sink)) {
            @Override
            void accept(Column column) {
                Labels changed = change.apply(column.labels);
                // A name that was just given is not dropped by what came before.
                column.dropName &= !namesMetric || changed == column.labels && replace;
                column.labels = changed;
                next.accept(column);
            }
        });
    }

    static String text(Expr expr) {
        return expr instanceof Expr.StringLiteral literal ? literal.value() : "";
    }

    private static UnaryOperator<Labels> replacement(Expr.Call call, String target) {
        String template = text(call.args().get(2));
        String source = text(call.args().get(3));
        String regex = text(call.args().get(4));
        Pattern pattern;
        try {
            pattern = Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            throw PromqlException.execution("invalid regular expression in label_replace(): " + regex);
        }
        checkName(target, "destination", "label_replace");
        return labels -> {
            String value = labels.get(source);
            Matcher matcher = pattern.matcher(value);
            return matcher.find() ? labels.with(target, RegexTemplate.expand(template, matcher)) : labels;
        };
    }

    private static UnaryOperator<Labels> join(Expr.Call call, String target) {
        String separator = text(call.args().get(2));
        List<String> sources =
                call.args().stream().skip(3).map(LabelFunctions::text).toList();
        sources.forEach(source -> checkName(source, "source", "label_join"));
        checkName(target, "destination", "label_join");
        return labels -> {
            StringJoiner joined = new StringJoiner(separator);
            sources.forEach(source -> joined.add(labels.get(source)));
            return labels.with(target, joined.toString());
        };
    }

    private static void checkName(String name, String role, String function) {
        if (!LabelNames.isValid(name)) {
            throw PromqlException.execution("invalid " + role + " label name in " + function + "(): " + name);
        }
    }
}
