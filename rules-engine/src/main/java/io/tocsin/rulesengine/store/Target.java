package io.tocsin.rulesengine.store;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.Arrays;

/**
 * A sender of telemetry, as one shard sees it.
 *
 * @param identity job and instance
 * @param environment the environment that its resource named last
 * @param arrivals ascending arrival times of its newest reports, Unix milliseconds, never empty; records that come within
 *     {@link #BURST_MS} of a report belong to it
 * @param lastArrivalMs arrival of its newest record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never written to.
public record Target(TargetIdentity identity, String environment, long[] arrivals, long lastArrivalMs) {

    /** Exporters cut a report into several requests; these arrive together. */
    static final long BURST_MS = 250;

    private static final int LAYOUT = 1;

    /** A target that was seen for the first time. */
    static Target first(TargetIdentity identity, String environment, long arrivalMs) {
        return new Target(identity, environment, new long[] {arrivalMs}, arrivalMs);
    }

    /** The target after another record. */
    Target seen(String newEnvironment, long arrivalMs) {
        int n = arrivals.length;
        if (arrivalMs - arrivals[n - 1] < BURST_MS) {
            return new Target(identity, newEnvironment, arrivals, arrivalMs);
        }
        int kept = Math.min(n, Cadence.INTERVALS);
        long[] next = Arrays.copyOfRange(arrivals, n - kept, n + 1);
        next[kept] = arrivalMs;
        return new Target(identity, newEnvironment, next, arrivalMs);
    }

    /** How often it reports, milliseconds; 0 when that is not known yet. */
    public long cadenceMs() {
        return Cadence.upperQuartile(arrivals, 0, arrivals.length);
    }

    byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT)
                .text(identity.job())
                .text(identity.instance())
                .text(environment)
                .number(lastArrivalMs)
                .number(arrivals.length);
        for (long arrival : arrivals) {
            out.number(lastArrivalMs - arrival);
        }
        return out.toBytes();
    }

    static Target decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        TargetIdentity identity = new TargetIdentity(in.text(), in.text());
        String environment = in.text();
        long last = in.number();
        long[] arrivals = new long[in.count()];
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = last - in.number();
        }
        return new Target(identity, environment, arrivals, last);
    }
}
