package io.tocsin.collector.probe.run;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.collector.publish.Publisher;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes findings as what any exporter sends: one resource per record, keyed by its identity. They pass no admission: their
 * number is bounded by the runs at a time, and while Kafka is away the door record says so for all.
 */
@Singleton
final class PublisherOutlet implements Outlet {

    private final Publisher publisher;

    PublisherOutlet(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public CompletableFuture<Void> send(ResourceMetrics findings) {
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(findings)
                .build();
        byte[] key = TargetIdentity.of(findings.getResource()).key();
        return publisher.publish(Topics.METRICS, key, request.toByteArray());
    }
}
