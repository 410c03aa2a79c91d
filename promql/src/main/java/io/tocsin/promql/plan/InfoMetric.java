package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Which series {@code info()} joins with: those its second argument names, else {@code target_info}. */
final class InfoMetric {
    static final String DEFAULT_METRIC = "target_info";

    private InfoMetric() {}

    /** The selector of the series that a call of {@code info()} joins with. */
    static Expr.VectorSelector of(Expr.Call call) {
        if (call.args().size() > 1 && call.args().get(1) instanceof Expr.VectorSelector selector) {
            return withMetricName(selector);
        }
        return withMetricName(new Expr.VectorSelector("", List.of(), null, null, Expr.Extension.NONE, call.span()));
    }

    /** The second argument of {@code info()} with the metric name that it has by default. */
    private static Expr.VectorSelector withMetricName(Expr.VectorSelector selector) {
        for (LabelMatcher matcher : selector.matchers()) {
            if (matcher.name().equals(Labels.METRIC_NAME)) {
                return selector;
            }
        }
        List<LabelMatcher> matchers = new ArrayList<>(selector.matchers());
        matchers.add(LabelMatcher.equal(Labels.METRIC_NAME, DEFAULT_METRIC));
        return new Expr.VectorSelector("", matchers, selector.offset(), selector.at(), selector.extension(), selector.span());
    }
}
