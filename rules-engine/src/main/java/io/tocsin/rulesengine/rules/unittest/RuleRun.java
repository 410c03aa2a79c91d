package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import io.tocsin.promql.testscript.ScriptException;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One rule over the time of a test: evaluates it and writes its series, as Prometheus' rule manager does. */
abstract sealed class RuleRun permits AlertingRun, RecordingRun {
    private final RuleGroup group;
    private Set<Labels> previous = Set.of();

    RuleRun(RuleGroup group) {
        this.group = group;
    }

    /** Why an evaluation failed. */
    static final class EvaluationException extends Exception {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        EvaluationException(String message) {
            super(message);
        }
    }

    abstract Rule rule();

    /** The samples that the rule yields; their time is the evaluation time less the group's offset. */
    abstract List<Sample> results(Engine engine, TestSeries series, long atMs) throws EvaluationException;

    final void evaluate(Engine engine, TestSeries series, long atMs) throws EvaluationException {
        List<Sample> samples = results(engine, series, atMs);
        Set<Labels> current = new HashSet<>();
        try {
            for (Sample sample : samples) {
                series.add(sample);
                current.add(sample.labels());
            }
        } catch (ScriptException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()));
        }
        for (Labels gone : previous) {
            if (!current.contains(gone)) {
                series.end(gone, offset(atMs));
            }
        }
        previous = Set.copyOf(current);
    }

    final long offset(long atMs) {
        return atMs - group.queryOffsetOr(Duration.ZERO).toMillis();
    }

    final int limit() {
        return group.limit();
    }

    /** The elements of an expression; a scalar is an element without labels. */
    static List<Sample> vector(Engine engine, TestSeries series, Expr expr, long atMs) throws EvaluationException {
        try {
            return switch (engine.instant(expr, series, atMs).value()) {
                case Value.VectorValue vector -> vector.samples();
                case Value.ScalarValue scalar ->
                    List.of(new Sample(Labels.EMPTY, scalar.timestampMs(), scalar.value(), null));
                case Value.StringValue _, Value.MatrixValue _ ->
                    throw new EvaluationException("rule result is not a vector or scalar");
            };
        } catch (PromqlException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()));
        }
    }
}
