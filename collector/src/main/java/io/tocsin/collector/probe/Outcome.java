package io.tocsin.collector.probe;

import java.util.List;

/** What one run found: the verdict, and what was measured on the way to it. */
public record Outcome(Verdict verdict, List<Gauge> gauges) {
    public Outcome {
        gauges = List.copyOf(gauges);
    }
}
