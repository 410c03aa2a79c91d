package io.tocsin.rulesengine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.v1.RunsOn;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementsTest {

    private static final long T0 = 1_700_000_000_000L;

    private final Placements placements = new Placements();

    @Test
    void whereSomethingRunsIsToldOnceAndAgainWhileItStays() {
        Map<String, String> attributes = Map.of("service.name", "shop", "host.name", "node-7");
        assertThat(at(attributes, 0)).hasValueSatisfying(told -> {
            assertThat(told.getService()).isEqualTo("shop");
            assertThat(told.getNode()).isEqualTo("node-7");
            assertThat(told.getAtMs()).isEqualTo(T0);
        });
        assertThat(at(attributes, 60)).isEmpty();
        assertThat(at(attributes, 120)).isPresent();
    }

    @Test
    void aNewVersionAndAnotherNodeAreToldAtOnce() {
        assertThat(at(Map.of("service.name", "shop", "host.name", "a", "service.version", "1"), 0))
                .isPresent();
        assertThat(at(Map.of("service.name", "shop", "host.name", "a", "service.version", "2"), 1))
                .map(RunsOn::getVersion)
                .contains("2");
        assertThat(at(Map.of("service.name", "shop", "host.name", "b", "service.version", "2"), 2))
                .map(RunsOn::getNode)
                .contains("b");
    }

    @Test
    void theNodeOfKubernetesGoesBeforeTheHostWhichIsThePod() {
        assertThat(at(Map.of("service.name", "shop", "host.name", "shop-abc", "k8s.node.name", "node-7"), 0))
                .map(RunsOn::getNode)
                .contains("node-7");
    }

    @Test
    void aResourceThatSaysNeitherTellsNothing() {
        assertThat(at(Map.of("service.name", "shop"), 0)).isEmpty();
        assertThat(at(Map.of("host.name", "node-7"), 0)).isEmpty();
    }

    private Optional<RunsOn> at(Map<String, String> attributes, long second) {
        Resource.Builder resource = Resource.newBuilder();
        attributes.forEach((key, value) -> resource.addAttributes(
                KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value))));
        Resource built = resource.build();
        return placements.of(built, new TargetIdentity("shop", "1"), "default", T0 + second * 1000);
    }
}
