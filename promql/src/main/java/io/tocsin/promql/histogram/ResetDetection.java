package io.tocsin.promql.histogram;

/** Finds counter resets between two consecutive histograms by looking at every count. */
final class ResetDetection {
    private ResetDetection() {}

    static boolean isReset(FloatHistogram now, FloatHistogram before) {
        if (now.count() < before.count()) {
            return true;
        }
        if (now.usesCustomBuckets()) {
            return customReset(now, before);
        }
        if (before.usesCustomBuckets()) {
            return true;
        }
        return now.schema() > before.schema()
                || now.zeroThreshold() < before.zeroThreshold()
                || zeroBucketShrank(now, before)
                || shrank(now.positive, before.positive, now, before)
                || shrank(now.negative, before.negative, now, before);
    }

    private static boolean zeroBucketShrank(FloatHistogram now, FloatHistogram before) {
        ZeroBucket zero = new ZeroBucket(before.zeroThreshold(), before.zeroCount(), 0)
                .grown(now.zeroThreshold(), before.schema(), before.positive, before.negative);
        // A threshold inside a populated bucket can only be new together with a reset.
        return zero.threshold() != now.zeroThreshold() || now.zeroCount() < zero.count();
    }

    private static boolean shrank(Row now, Row before, FloatHistogram nowHistogram, FloatHistogram beforeHistogram) {
        int schema = nowHistogram.schema();
        double threshold = nowHistogram.zeroThreshold();
        Row then = before.coarser(beforeHistogram.schema(), schema);
        return shrank(now, now.firstAbove(threshold, schema), then, then.firstAbove(threshold, schema));
    }

    private static boolean shrank(Row now, int fromNow, Row before, int fromBefore) {
        int i = fromNow;
        for (int j = fromBefore; j < before.size; j++) {
            while (i < now.size && now.index[i] < before.index[j]) {
                i++;
            }
            double current = i < now.size && now.index[i] == before.index[j] ? now.count[i] : 0;
            if (current < before.count[j]) {
                return true;
            }
        }
        return false;
    }

    private static boolean customReset(FloatHistogram now, FloatHistogram before) {
        if (!before.usesCustomBuckets()) {
            return true;
        }
        double[] bounds = now.sharedBounds();
        if (CustomBounds.same(bounds, before.sharedBounds())) {
            return shrank(now.positive, 0, before.positive, 0);
        }
        double[] shared = CustomBounds.intersection(bounds, before.sharedBounds());
        Row mappedNow = CustomBounds.dense(shared.length);
        Row mappedBefore = CustomBounds.dense(shared.length);
        CustomBounds.addMapped(mappedNow, shared, now.positive, bounds, 1);
        CustomBounds.addMapped(mappedBefore, shared, before.positive, before.sharedBounds(), 1);
        return shrank(mappedNow, 0, mappedBefore, 0);
    }
}
