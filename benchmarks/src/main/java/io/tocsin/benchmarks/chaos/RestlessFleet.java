package io.tocsin.benchmarks.chaos;

import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.benchmarks.engine.Senders;
import java.util.Random;

/** Services whose temperature and work go up and down so that alerts fire and resolve all the time. */
final class RestlessFleet implements Senders {

    /** Rules of every kind that keeps state, over what the fleet reports. */
    static final String RULES = """
            groups:
              - name: at-once
                interval: 1s
                rules:
                  - alert: Hot
                    expr: chaos_temperature > 80
                    labels: {severity: page}
                  - alert: HotJob
                    expr: avg by (job) (chaos_temperature) > 60
              - name: patient
                interval: 2s
                rules:
                  - alert: HotForLong
                    expr: chaos_temperature > 70
                    for: 4s
                    keep_firing_for: 3s
                  - alert: Cooling
                    expr: chaos_temperature > 75
                    recover: chaos_temperature < 50
              - name: worked
                interval: 1s
                rules:
                  - record: job:chaos_work:rate10s
                    expr: sum by (job) (rate(chaos_work_total[10s]))
                  - alert: Busy
                    expr: job:chaos_work:rate10s > 120
                  - alert: Share
                    expr: rate(chaos_work_total[10s]) / ignoring (instance) group_left () sum without (instance) (rate(chaos_work_total[10s])) > 0.4
              - name: there
                interval: 1s
                rules:
                  - alert: Gone
                    expr: chaos_temperature
                    outage: {missing_for: 3 intervals}
            """;

    private final double[] temperatures;
    private final long[] work;
    private final Random random;

    RestlessFleet(int size, long seed) {
        temperatures = new double[size];
        work = new long[size];
        random = new Random(seed);
        for (int i = 0; i < size; i++) {
            temperatures[i] = random.nextInt(100);
        }
    }

    @Override
    public int size() {
        return temperatures.length;
    }

    @Override
    public Resource resource(int target) {
        return ChaosReport.resource(target);
    }

    @Override
    public byte[] report(int target, long atMs) {
        double step = random.nextInt(10) == 0 ? random.nextInt(-60, 61) : random.nextInt(-4, 5);
        temperatures[target] = Math.clamp(temperatures[target] + step, 0, 100);
        work[target] += random.nextInt((int) temperatures[target] + 1);
        return ChaosReport.of(resource(target), atMs, temperatures[target], work[target]);
    }
}
