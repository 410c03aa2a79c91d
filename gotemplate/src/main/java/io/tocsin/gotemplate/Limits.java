package io.tocsin.gotemplate;

import java.util.function.BooleanSupplier;

/**
 * What one execution may use. A template that exceeds one of them fails with an error.
 *
 * @param maxOutputBytes of the whole output, and of each string that is made on the way
 * @param maxSteps of nodes walked, iterations and function calls
 * @param maxDepth of templates that call each other
 * @param expired asked every 256 steps whether the time is up
 */
public record Limits(int maxOutputBytes, long maxSteps, int maxDepth, BooleanSupplier expired) {

    /** 1 MiB of output, one million steps, 100 nested templates, no time limit. */
    public static final Limits DEFAULT = new Limits(1 << 20, 1_000_000, 100, () -> false);

    public Limits {
        if (maxOutputBytes < 1 || maxSteps < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public Limits withExpiry(BooleanSupplier timeIsUp) {
        return new Limits(maxOutputBytes, maxSteps, maxDepth, timeIsUp);
    }

    public Limits withMaxOutputBytes(int bytes) {
        return new Limits(bytes, maxSteps, maxDepth, expired);
    }

    public Limits withMaxSteps(long steps) {
        return new Limits(maxOutputBytes, steps, maxDepth, expired);
    }

    public Limits withMaxDepth(int depth) {
        return new Limits(maxOutputBytes, maxSteps, depth, expired);
    }
}
