package io.tocsin.rulesengine.shard;

import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.Environments;
import io.tocsin.contracts.TargetIdentity;

/** Where a target runs, as its resource says. */
final class TargetEnvironment {

    private static final String ATTRIBUTE = "deployment.environment.name";

    private TargetEnvironment() {}

    static String of(Resource resource) {
        String named = TargetIdentity.text(resource.getAttributesList(), ATTRIBUTE);
        return named.isEmpty() ? Environments.DEFAULT : named;
    }
}
