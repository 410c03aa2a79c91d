package io.tocsin.rulesengine.query;

import io.tocsin.promql.model.Value;

/** Cuts results to the number of series that a client wants. */
final class Truncation {

    private Truncation() {}

    /** How many series a value has; a scalar and a string have none. */
    static int size(Value value) {
        return switch (value) {
            case Value.VectorValue vector -> vector.samples().size();
            case Value.MatrixValue matrix -> matrix.series().size();
            case Value.ScalarValue scalar -> 0;
            case Value.StringValue text -> 0;
        };
    }

    /** The first series of a value that has more. */
    static Value first(Value value, int most) {
        return switch (value) {
            case Value.VectorValue vector ->
                new Value.VectorValue(vector.samples().subList(0, most));
            case Value.MatrixValue matrix ->
                new Value.MatrixValue(matrix.series().subList(0, most));
            case Value.ScalarValue scalar -> scalar;
            case Value.StringValue text -> text;
        };
    }
}
