package io.tocsin.rulesengine.rules.unittest;

import io.tocsin.promql.model.Labels;
import io.tocsin.promql.testscript.SeriesDescription;
import io.tocsin.rulesengine.rules.Position;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One test: series, and what rules and expressions make of them.
 *
 * @param interval between the values of the input series
 * @param startMs when the series begin, Unix milliseconds
 */
record TestGroup(
        String name,
        Duration interval,
        List<SeriesDescription> inputSeries,
        List<AlertCase> alertCases,
        List<ExpressionCase> expressionCases,
        Labels externalLabels,
        URI externalUrl,
        long startMs,
        Position position) {

    TestGroup {
        inputSeries = List.copyOf(inputSeries);
        alertCases = List.copyOf(alertCases);
        expressionCases = List.copyOf(expressionCases);
    }

    /** The alerts of a name that fire at a time after the start. */
    record AlertCase(Duration evalTime, String alertName, List<FiringAlert> expected, Position position) {
        AlertCase {
            expected = List.copyOf(expected);
        }
    }

    /** A firing alert. */
    record FiringAlert(Labels labels, Map<String, String> annotations) implements Comparable<FiringAlert> {
        FiringAlert {
            annotations = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(annotations));
        }

        @Override
        public int compareTo(FiringAlert other) {
            int byLabels = labels.compareTo(other.labels);
            return byLabels != 0 ? byLabels : annotations.toString().compareTo(other.annotations.toString());
        }

        @Override
        public String toString() {
            return "labels " + labels + ", annotations " + annotations;
        }
    }

    /** The result of an expression at a time after the start. */
    record ExpressionCase(String expression, Duration evalTime, List<ExpectedSample> expected, Position position) {
        ExpressionCase {
            expected = List.copyOf(expected);
        }
    }

    /**
     * An element of a result.
     *
     * @param histogram its canonical text, empty for a float
     */
    record ExpectedSample(Labels labels, double value, String histogram) {}

    /** The latest time of all cases. */
    Duration end() {
        Duration end = Duration.ZERO;
        for (AlertCase test : alertCases) {
            end = test.evalTime().compareTo(end) > 0 ? test.evalTime() : end;
        }
        for (ExpressionCase test : expressionCases) {
            end = test.evalTime().compareTo(end) > 0 ? test.evalTime() : end;
        }
        return end;
    }
}
