package io.tocsin.promql.plan;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the planner may rely on about where series live.
 *
 * @param targetLabels labels that decide the shard: two series of one input that agree in them are in one shard
 * @param recorded says of a metric name whether its series are recorded by rules; they are in no shard
 * @param input the input topic that the series of a metric name come from; empty if that is not known
 */
public record PlanOptions(Set<String> targetLabels, Predicate<String> recorded, Input input) {

    /** Where the series of a metric come from. */
    @FunctionalInterface
    public interface Input {
        /** The name of the input topic, empty if the metric may come from several. */
        Optional<String> of(String metricName);
    }

    /** Sharded by {@code job} and {@code instance}, one input, nothing recorded. */
    public static final PlanOptions DEFAULT =
            new PlanOptions(Set.of("job", "instance"), name -> false, name -> Optional.of("metrics"));

    public PlanOptions {
        targetLabels = Set.copyOf(targetLabels);
    }

    /** These options with a predicate for recorded metric names. */
    public PlanOptions withRecorded(Predicate<String> names) {
        return new PlanOptions(targetLabels, names, input);
    }

    /** These options with knowledge of the inputs. */
    public PlanOptions withInput(Input other) {
        return new PlanOptions(targetLabels, recorded, other);
    }

    /** The input of a selector; without an exact metric name it is known only if all metrics come from one input. */
    Optional<String> inputOf(Expr.VectorSelector selector) {
        return input.of(metricName(selector).orElse(""));
    }

    boolean isRecorded(Expr.VectorSelector selector) {
        return metricName(selector).filter(recorded).isPresent();
    }

    private static Optional<String> metricName(Expr.VectorSelector selector) {
        for (LabelMatcher matcher : selector.matchers()) {
            if (matcher.type() == LabelMatcher.Type.EQ && matcher.name().equals(Labels.METRIC_NAME)) {
                return Optional.of(matcher.value());
            }
        }
        return Optional.empty();
    }
}
