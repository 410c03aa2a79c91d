package io.tocsin.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TargetIdentityTest {

    @Test
    void jobCarriesTheNamespaceAndInstanceIsTheServiceInstanceId() {
        assertThat(identity("service.namespace", "shop", "service.name", "ledger", "service.instance.id", "i-1"))
                .isEqualTo(new TargetIdentity("shop/ledger", "i-1"));
    }

    @Test
    void withoutInstanceIdThePodThenHostAndProcessTellInstancesApart() {
        assertThat(identity("service.name", "a", "k8s.pod.uid", "u", "host.name", "h")
                        .instance())
                .isEqualTo("u");
        assertThat(identity("service.name", "a", "host.name", "h", "process.pid", "7")
                        .instance())
                .isEqualTo("h:7");
        assertThat(identity("service.name", "a", "host.name", "h").instance()).isEqualTo("h");
        assertThat(identity("service.name", "a").instance()).isEmpty();
    }

    @Test
    void aResourceThatNamesNoServiceIsUnknown() {
        assertThat(identity().job()).isEqualTo("unknown_service");
    }

    @Test
    void theKeySeparatesJobAndInstanceByAZeroByte() {
        assertThat(new TargetIdentity("a", "b").key()).isEqualTo("a\0b".getBytes(StandardCharsets.UTF_8));
    }

    private static TargetIdentity identity(String... keysAndValues) {
        Resource.Builder resource = Resource.newBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            resource.addAttributes(KeyValue.newBuilder()
                    .setKey(keysAndValues[i])
                    .setValue(AnyValue.newBuilder().setStringValue(keysAndValues[i + 1])));
        }
        return TargetIdentity.of(resource.build());
    }
}
