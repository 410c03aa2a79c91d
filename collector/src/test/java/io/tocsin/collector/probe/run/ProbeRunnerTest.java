package io.tocsin.collector.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.collector.TestCollector;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Plan;
import io.tocsin.collector.probe.ProbeTarget;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.file.ProbeFileReader;
import io.tocsin.contracts.TargetIdentity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeRunnerTest {

    private final List<ResourceMetrics> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ProbeMeters meters = new ProbeMeters(new PrometheusRegistry());
    private ProbeRunner runner;

    private void start(int concurrency, Prober prober) {
        runner = new ProbeRunner(
                check -> prober,
                findings -> {
                    sent.add(findings);
                    return CompletableFuture.completedFuture(null);
                },
                meters,
                Clock.systemUTC(),
                concurrency);
    }

    @AfterEach
    void stop() {
        over.countDown();
        runner.close();
    }

    private static List<ProbeTarget> targets(String... addresses) {
        String text = "probes: [{name: a, every: 1s, tcp: {}, targets: ['" + String.join("', '", addresses) + "']}]";
        return Plan.of(ProbeFileReader.read("p", text, Map.of()).file(), Map.of())
                .targets();
    }

    private List<String> instances() {
        return sent.stream()
                .map(findings -> TargetIdentity.of(findings.getResource()).instance())
                .toList();
    }

    private static Outcome pass(String address, Deadline deadline) {
        return new Outcome(Verdict.pass(), List.of());
    }

    @Test
    void everyTargetIsProbedAgainAndAgain() {
        start(8, ProbeRunnerTest::pass);
        runner.apply(targets("a:1", "b:1"), "eu");
        TestCollector.until(
                this::instances,
                found -> found.stream().filter("a:1"::equals).count() >= 2
                        && found.stream().filter("b:1"::equals).count() >= 2);
    }

    @Test
    void aTargetThatIsGoneIsProbedNoMoreAndOneThatStaysGoesOn() {
        start(8, ProbeRunnerTest::pass);
        runner.apply(targets("a:1", "b:1"), "eu");
        TestCollector.until(this::instances, found -> found.contains("a:1") && found.contains("b:1"));
        runner.apply(targets("b:1"), "eu");
        sent.clear();
        TestCollector.until(this::instances, found -> found.size() >= 3);
        assertThat(instances()).containsOnly("b:1");
    }

    @Test
    void noMoreRunAtATimeThanAllowed() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        start(2, (address, deadline) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(50);
            running.decrementAndGet();
            return pass(address, deadline);
        });
        runner.apply(targets("a:1", "b:1", "c:1", "d:1", "e:1", "f:1"), "eu");
        TestCollector.until(this::instances, found -> found.stream().distinct().count() == 6 && found.size() > 12);
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void whatHangsBeyondEveryTimeoutIsReportedAndDoesNotStopTheOthers() {
        start(2, (address, deadline) -> {
            while (address.equals("a:1") && over.getCount() > 0) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    // A call into the system that no interrupt reaches.
                }
            }
            return pass(address, deadline);
        });
        runner.apply(targets("a:1", "b:1"), "eu");
        TestCollector.until(
                this::instances,
                found -> found.contains("a:1")
                        && found.stream().filter("b:1"::equals).count() >= 2);
        ResourceMetrics late = sent.get(instances().indexOf("a:1"));
        assertThat(late.getScopeMetrics(0)
                        .getMetrics(0)
                        .getGauge()
                        .getDataPoints(0)
                        .getAsDouble())
                .isZero();
        assertThat(late.toString()).contains("timeout");
    }

    @Test
    void aFaultOfTheProberSaysNothingOfTheTarget() {
        AtomicInteger runs = new AtomicInteger();
        start(2, (address, deadline) -> {
            if (address.equals("a:1")) {
                runs.incrementAndGet();
                throw new IllegalStateException("a mistake in the prober, made by a test");
            }
            return pass(address, deadline);
        });
        runner.apply(targets("a:1", "b:1"), "eu");
        TestCollector.until(runs::get, count -> count >= 2);
        assertThat(instances()).doesNotContain("a:1");
    }
}
