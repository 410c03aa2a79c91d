package io.tocsin.rulesengine.detect.spike;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.nio.ByteBuffer;

/** What is usual at each part of a period that repeats, as a distance from the level of the series. */
final class Season {

    /** How much of the usual error must go with it before a series is said to follow it. */
    private static final double EXPLAINS = 0.8;

    private static final double ERROR_WEIGHT = 0.001;
    private static final int ENOUGH = 500;
    private static final int COUNTED = Byte.MAX_VALUE;

    private final long periodMs;
    private final double weight;
    private final float[] usual;
    private final byte[] counts;
    private double error;
    private double errorWithout;
    private int compared;
    private long sinceMs = Long.MIN_VALUE;

    /**
     * @param periodMs how long until it repeats
     * @param parts into how many parts the period is divided
     * @param weight how much of a part is learned anew when it has passed once more
     */
    Season(long periodMs, int parts, double weight) {
        this.periodMs = periodMs;
        this.weight = weight;
        this.usual = new float[parts];
        this.counts = new byte[parts];
    }

    private int part(long timeMs) {
        return (int) (Math.floorMod(timeMs, periodMs) * usual.length / periodMs);
    }

    /** What is usual at this time, as a distance from the level; NaN while this part has not been seen. */
    double usual(long timeMs) {
        int part = part(timeMs);
        return counts[part] == 0 ? Double.NaN : usual[part];
    }

    /** Whether the series follows this season; true also while that cannot be said. */
    boolean mayExplain() {
        return compared < ENOUGH || explains();
    }

    /** Whether the series is known to follow this season. */
    boolean explains() {
        return compared >= ENOUGH && error < EXPLAINS * errorWithout;
    }

    /**
     * @param distance of the value from the level
     * @param cadenceMs how far apart values are
     */
    void learn(long timeMs, double distance, double cadenceMs) {
        int part = part(timeMs);
        sinceMs = sinceMs == Long.MIN_VALUE ? timeMs : sinceMs;
        if (counts[part] > 0 && timeMs - sinceMs >= periodMs) {
            double share = Math.max(ERROR_WEIGHT, 1.0 / (compared + 1));
            error += share * (Math.abs(distance - usual[part]) - error);
            errorWithout += share * (Math.abs(distance) - errorWithout);
            compared = Math.min(ENOUGH, compared + 1);
        }
        counts[part] = (byte) Math.min(COUNTED, counts[part] + 1);
        double perValue = weight * Math.min(1, cadenceMs * usual.length / periodMs);
        usual[part] += (float) (Math.max(perValue, 1.0 / counts[part]) * (distance - usual[part]));
    }

    void write(StateWriter out) {
        ByteBuffer distances = ByteBuffer.allocate(usual.length * Float.BYTES);
        distances.asFloatBuffer().put(usual);
        out.real(error)
                .real(errorWithout)
                .number(compared)
                .number(sinceMs)
                .bytes(counts)
                .bytes(distances.array());
    }

    void read(StateReader in) {
        error = in.real();
        errorWithout = in.real();
        compared = in.count();
        sinceMs = in.number();
        System.arraycopy(in.bytes(), 0, counts, 0, counts.length);
        ByteBuffer.wrap(in.bytes()).asFloatBuffer().get(usual);
    }
}
