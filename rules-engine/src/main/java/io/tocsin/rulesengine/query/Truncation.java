package io.tocsin.rulesengine.query;

import io.tocsin.promql.model.Value;

/** Cuts results to the number of series that a client wants. */
final class Truncation {

    private Truncation() {}

    /** The first series of a value; the value itself where it has no more. */
    static Value first(Value value, long most) {
        return switch (value) {
            case Value.VectorValue vector
            when vector.samples().size() > most ->
                new Value.VectorValue(vector.samples().subList(0, (int) most));
            case Value.MatrixValue matrix
            when matrix.series().size() > most ->
                new Value.MatrixValue(matrix.series().subList(0, (int) most));
            case Value.VectorValue vector -> vector;
            case Value.MatrixValue matrix -> matrix;
            case Value.ScalarValue scalar -> scalar;
            case Value.StringValue text -> text;
        };
    }
}
