package io.tocsin.benchmarks.chaos;

import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.benchmarks.engine.Senders;
import java.util.SplittableRandom;

/**
 * Services that are well and report every second. Whatever fires on them is a false alarm: the rules are those that a
 * pipeline with a gap, a delay or a half-moved shard would set off.
 */
final class HealthyFleet implements Senders {

    private static final long MS_PER_WORK = 100;

    private final int size;
    private final SplittableRandom random;
    private final long startedMs = System.currentTimeMillis();

    HealthyFleet(int size, long seed) {
        this.size = size;
        random = new SplittableRandom(seed);
    }

    /** Rules that hold as long as all of this many targets are seen. */
    static String rules(int targets) {
        return """
                groups:
                  - name: levels
                    interval: 1s
                    rules:
                      - alert: Hot
                        expr: chaos_temperature > 80
                      - alert: Cold
                        expr: chaos_temperature < 20
                  - name: work
                    interval: 1s
                    rules:
                      - record: job:chaos_work:rate10s
                        expr: sum by (job) (rate(chaos_work_total[10s]))
                      - alert: WorkStopped
                        expr: rate(chaos_work_total[10s]) < 5
                        for: 3s
                      - alert: JobSlow
                        expr: job:chaos_work:rate10s < 40
                        for: 3s
                      - alert: JobWild
                        expr: job:chaos_work:rate10s > 60
                        for: 3s
                  - name: there
                    interval: 1s
                    rules:
                      - alert: Gone
                        expr: chaos_temperature
                        outage: {missing_for: 3 intervals}
                      - alert: SomeGone
                        expr: count(chaos_temperature) < %d
                        for: 3s
                      - alert: AllGone
                        expr: absent(chaos_temperature{job="service-0"})
                """.formatted(targets);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Resource resource(int target) {
        return ChaosReport.resource(target);
    }

    @Override
    public byte[] report(int target, long atMs) {
        // Work goes on at its pace, however late a report is sent.
        long work = (atMs - startedMs) / MS_PER_WORK;
        return ChaosReport.of(resource(target), atMs, random.nextInt(45, 56), work);
    }
}
