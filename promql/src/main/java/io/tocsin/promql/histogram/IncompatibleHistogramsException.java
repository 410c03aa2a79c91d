package io.tocsin.promql.histogram;

import java.io.Serial;

/** Thrown when an exponential histogram and one with custom buckets are to be combined. */
public final class IncompatibleHistogramsException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    IncompatibleHistogramsException() {
        super("cannot apply this operation on histograms with a mix of exponential and custom bucket schemas");
    }
}
