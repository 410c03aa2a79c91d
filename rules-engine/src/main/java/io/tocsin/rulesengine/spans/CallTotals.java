package io.tocsin.rulesengine.spans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Calls of one dimension since it was first seen.
 *
 * @param firstMs arrival of the first span, Unix milliseconds
 * @param lastMs arrival of the newest one
 * @param calls how many
 * @param sumMs their durations, milliseconds
 * @param buckets calls per bucket, not cumulative; the last one has no bound
 */
@SuppressWarnings("ArrayRecordComponent") // Never shared for writing: plus() copies.
record CallTotals(long firstMs, long lastMs, long calls, double sumMs, long[] buckets) {

    private static final int MAX_BUCKETS = 1024;

    static CallTotals startingAt(long arrivalMs, int bounds) {
        return new CallTotals(arrivalMs, arrivalMs, 0, 0, new long[bounds + 1]);
    }

    CallTotals plus(double durationMs, long arrivalMs, List<Double> bounds) {
        long[] counted = buckets.clone();
        int bucket = 0;
        while (bucket < bounds.size() && durationMs > bounds.get(bucket)) {
            bucket++;
        }
        counted[bucket]++;
        return new CallTotals(firstMs, Math.max(lastMs, arrivalMs), calls + 1, sumMs + durationMs, counted);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(firstMs);
        out.writeLong(lastMs);
        out.writeLong(calls);
        out.writeDouble(sumMs);
        out.writeInt(buckets.length);
        for (long bucket : buckets) {
            out.writeLong(bucket);
        }
    }

    static CallTotals read(DataInput in) throws IOException {
        long first = in.readLong();
        long last = in.readLong();
        long calls = in.readLong();
        double sum = in.readDouble();
        int length = in.readInt();
        if (length < 1 || length > MAX_BUCKETS) {
            throw new IOException("a duration histogram of " + length + " buckets");
        }
        long[] buckets = new long[length];
        for (int i = 0; i < length; i++) {
            buckets[i] = in.readLong();
        }
        return new CallTotals(first, last, calls, sum, buckets);
    }
}
