package io.tocsin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.probe.file.ProbeFileReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static ProbeFile file(String text) {
        ProbeFileReader.Reading reading = ProbeFileReader.read("probes.yaml", text, Map.of());
        assertThat(reading.problems()).isEmpty();
        return reading.file();
    }

    private static Map<Discovery, List<Discovered>> found(ProbeFile file, Discovered... targets) {
        return Map.of(file.discoveries().iterator().next(), List.of(targets));
    }

    @Test
    void discoveredTargetsAreKeptAddressedAndLabelled() {
        ProbeFile file = file("""
                probes:
                  - name: shop
                    http: {}
                    discover: [{files: {paths: [a.json]}}]
                    keep: {__meta_role: web|api}
                    target: 'https://{{__address__}}/health'
                    labels: {team: '{{__meta_team}}', tier: front}
                """);
        Plan plan = Plan.of(
                file,
                found(
                        file,
                        Discovered.of("a:1", Map.of("__meta_role", "web", "__meta_team", "blue", "zone", "z1")),
                        Discovered.of("b:1", Map.of("__meta_role", "webby")),
                        Discovered.of("c:1", Map.of("__meta_role", "api"))));
        assertThat(plan.unusable()).isEmpty();
        assertThat(plan.targets())
                .extracting(ProbeTarget::address)
                .containsExactly("https://a:1/health", "https://c:1/health");
        assertThat(plan.targets())
                .extracting(ProbeTarget::labels)
                .containsExactly(Map.of("team", "blue", "tier", "front", "zone", "z1"), Map.of("tier", "front"));
    }

    @Test
    void whatCannotBeUsedIsSaidAndTheRestIsUsed() {
        ProbeFile file = file("""
                probes:
                  - {name: shop, tcp: {}, targets: ['a:1'], discover: [{files: {paths: [a.json]}}]}
                """);
        Plan plan = Plan.of(file, found(file, Discovered.of("no-port", Map.of()), Discovered.of("b:2", Map.of())));
        assertThat(plan.targets()).extracting(ProbeTarget::address).containsExactly("a:1", "b:2");
        assertThat(plan.unusable()).containsExactly("shop: expected host:port, found \"no-port\"");
    }

    @Test
    void aSourceThatHasNotAnsweredHasNoTargets() {
        ProbeFile file = file("probes: [{name: shop, tcp: {}, discover: [{files: {paths: [a.json]}}]}]");
        assertThat(Plan.of(file, Map.of()).targets()).isEmpty();
    }

    @Test
    void theSameTargetIsProbedOnce() {
        ProbeFile file = file("probes: [{name: shop, tcp: {}, targets: ['a:1'], discover: [{files: {paths: [a]}}]}]");
        assertThat(Plan.of(file, found(file, Discovered.of("a:1", Map.of("zone", "z"))))
                        .targets())
                .hasSize(1);
    }

    @Test
    void anExpectedTargetIsToldByItsNarrowestLabel() {
        ProbeFile file = file("""
                expected:
                  - name: shop
                    targets:
                      - {service_name: checkout}
                      - {host_name: db1, service_name: ledger}
                    discover: [{kubernetes: {role: pod}}]
                    labels: {k8s_pod_name: '{{__meta_kubernetes_pod_name}}'}
                """);
        Plan plan = Plan.of(
                file,
                found(
                        file,
                        Discovered.of("10.0.0.1:80", Map.of("__meta_kubernetes_pod_name", "web-0")),
                        Discovered.of("10.0.0.2:80", Map.of())));
        assertThat(plan.expected())
                .containsExactly(
                        Map.of("by", "service", "expected", "shop", "service_name", "checkout"),
                        Map.of("by", "host", "expected", "shop", "host_name", "db1", "service_name", "ledger"),
                        Map.of("by", "pod", "expected", "shop", "k8s_pod_name", "web-0"));
        assertThat(plan.unusable()).singleElement().asString().contains("10.0.0.2:80");
    }

    @Test
    void anAddressWithAPasswordNeverBecomesALabel() {
        Check http = file("probes: [{name: a, http: {}, targets: ['http://a']}]")
                .probes()
                .getFirst()
                .check();
        assertThat(Addresses.problem(http, "http://user:secret@shop/"))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("secret"));
    }
}
