package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A recording rule over the time of a test. */
final class RecordingRun extends RuleRun {
    private final Rule.Recording rule;

    RecordingRun(RuleGroup group, Rule.Recording rule) {
        super(group);
        this.rule = rule;
    }

    @Override
    Rule.Recording rule() {
        return rule;
    }

    @Override
    List<Sample> results(Engine engine, TestSeries series, long atMs) throws EvaluationException {
        long time = offset(atMs);
        List<Sample> results = new ArrayList<>();
        Set<Labels> seen = new HashSet<>();
        for (Sample sample : vector(engine, series, rule.expression().expr(), time)) {
            Labels.Builder labels = sample.labels().toBuilder().set(Labels.METRIC_NAME, rule.name());
            rule.labels().forEach(labels::set);
            Labels built = labels.build();
            if (!seen.add(built)) {
                throw new EvaluationException(
                        "vector contains metrics with the same labelset after applying rule labels");
            }
            results.add(new Sample(built, time, sample.value(), sample.histogram()));
        }
        if (limit() > 0 && results.size() > limit()) {
            throw new EvaluationException("exceeded limit of " + limit() + " with " + results.size() + " series");
        }
        return results;
    }
}
