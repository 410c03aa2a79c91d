package io.tocsin.rulesengine.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.DeltaTotals;
import io.tocsin.rulesengine.otlp.MetricKind;
import io.tocsin.rulesengine.otlp.MetricTranslation;
import io.tocsin.rulesengine.otlp.OtlpOptions;
import io.tocsin.rulesengine.otlp.SampleSink;
import io.tocsin.rulesengine.otlp.Translated;
import io.tocsin.rulesengine.store.SampleStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics as OTLP sends them. */
final class MetricsTelemetry implements Telemetry {

    private final MetricTranslation translation = new MetricTranslation(OtlpOptions.DEFAULT);
    private final DeltaTotals totals;
    private final MetricCatalog catalog;
    private final ShardMeters meters;
    private final Placements placements = new Placements();

    MetricsTelemetry(DeltaTotals totals, MetricCatalog catalog, ShardMeters meters) {
        this.totals = totals;
        this.catalog = catalog;
        this.meters = meters;
    }

    @Override
    public List<Reading> read(byte @Nullable [] key, byte[] value, long arrivalMs) throws PoisonException {
        List<ResourceMetrics> resources = parse(value).getResourceMetricsList();
        for (ResourceMetrics resource : resources) {
            Telemetry.checkKey(TargetIdentity.of(resource.getResource()), key);
        }
        List<Reading> readings = new ArrayList<>();
        for (ResourceMetrics resource : resources) {
            Samples samples = new Samples(catalog);
            Translated translated = translation.translate(resource, totals, samples);
            translated.dropped().forEach((reason, count) -> meters.pointsDropped(reason.name(), count));
            TargetIdentity target = TargetIdentity.of(resource.getResource());
            String environment = TargetEnvironment.of(resource.getResource());
            readings.add(new Reading(
                    target,
                    environment,
                    samples.taken,
                    List.of(),
                    placements.of(resource.getResource(), target, environment, arrivalMs)));
        }
        return readings;
    }

    private static ExportMetricsServiceRequest parse(byte[] value) throws PoisonException {
        try {
            return ExportMetricsServiceRequest.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new PoisonException(PoisonException.Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<SampleStore.Incoming> sampleAt(long tickMs) {
        return List.of();
    }

    private record Samples(MetricCatalog catalog, List<SampleStore.Incoming> taken) implements SampleSink {

        Samples(MetricCatalog catalog) {
            this(catalog, new ArrayList<>());
        }

        @Override
        public void add(Labels labels, long timestampMs, double value, long startMs) {
            taken.add(new SampleStore.Incoming(labels, timestampMs, value, null, startMs));
        }

        @Override
        public void addHistogram(Labels labels, long timestampMs, FloatHistogram value, long startMs) {
            taken.add(new SampleStore.Incoming(labels, timestampMs, 0, value, startMs));
        }

        @Override
        public void describe(String family, MetricKind kind, String unit, String help) {
            catalog.describe(family, new MetricCatalog.Entry(kind.prometheusType(), unit, help));
        }
    }
}
