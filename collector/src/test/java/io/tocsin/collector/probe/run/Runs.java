package io.tocsin.collector.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.probe.Gauge;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Probe;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.file.ProbeFileReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Runs a check, as it stands in a file, once. */
final class Runs {

    private Runs() {}

    static Outcome run(String check, String address) throws InterruptedException {
        return run(check, address, Duration.ofSeconds(20));
    }

    static Outcome run(String check, String address, Duration timeout) throws InterruptedException {
        String text = "probes:\n  - name: a\n    targets: ['" + address + "']\n" + check.indent(4);
        var reading = ProbeFileReader.read("probes.yaml", text, Map.of());
        assertThat(reading.problems()).isEmpty();
        Probe probe = reading.file().probes().getFirst();
        return Probers.of(probe.check(), Clock.systemUTC()).probe(address, Deadline.in(timeout));
    }

    static Verdict.Reason reason(Outcome outcome) {
        assertThat(outcome.verdict()).isInstanceOf(Verdict.Failed.class);
        return ((Verdict.Failed) outcome.verdict()).reason();
    }

    static void assertPassed(Outcome outcome) {
        assertThat(outcome.verdict()).isEqualTo(Verdict.pass());
    }

    /** The value of a gauge; {@code labels} as Java shows a map. */
    static double value(Outcome outcome, String name, String labels) {
        return outcome.gauges().stream()
                .filter(gauge ->
                        gauge.name().equals(name) && gauge.labels().toString().equals(labels))
                .mapToDouble(Gauge::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + labels + " is not among " + outcome.gauges()));
    }

    static double value(Outcome outcome, String name) {
        return value(outcome, name, "{}");
    }
}
