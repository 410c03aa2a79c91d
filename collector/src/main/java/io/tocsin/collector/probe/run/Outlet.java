package io.tocsin.collector.probe.run;

import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.concurrent.CompletableFuture;

/** Where findings go. */
@FunctionalInterface
interface Outlet {

    /** Completes when the findings are safe; fails when they are lost. */
    CompletableFuture<Void> send(ResourceMetrics findings);
}
