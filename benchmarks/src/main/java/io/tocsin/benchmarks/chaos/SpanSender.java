package io.tocsin.benchmarks.chaos;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One application: makes batches of spans, and exports them with the SDK's own exporter, which retries as it does. */
final class SpanSender implements Runnable {

    private static final int BATCH = 100;
    private static final int EXPORT_SECONDS = 60;

    private final SpanExporter exporter;
    private final Collected collected = new Collected();
    private final SdkTracerProvider provider;
    private final Ledger ledger;
    private volatile boolean stopped;

    /** What all senders together know. */
    static final class Ledger {
        private final List<long[]> batches = new ArrayList<>();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong givenUp = new AtomicLong();

        private synchronized void acknowledged(long[] ids) {
            batches.add(ids);
            acknowledged.addAndGet(ids.length);
        }

        /** Spans that the collector has acknowledged so far. */
        long acknowledged() {
            return acknowledged.get();
        }

        /** Spans that the exporter gave up. */
        long givenUp() {
            return givenUp.get();
        }

        /** The span ids of all acknowledged spans. */
        synchronized List<long[]> batches() {
            return List.copyOf(batches);
        }
    }

    SpanSender(int number, SpanExporter exporter, Ledger ledger) {
        this.exporter = exporter;
        this.ledger = ledger;
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "chaos",
                        AttributeKey.stringKey("service.instance.id"),
                        "sender-" + number)))
                .addSpanProcessor(collected)
                .build();
    }

    @Override
    public void run() {
        Tracer tracer = provider.get("chaos");
        while (!stopped) {
            for (int i = 0; i < BATCH; i++) {
                tracer.spanBuilder("work").startSpan().end();
            }
            List<SpanData> batch = collected.take();
            CompletableResultCode result = exporter.export(batch).join(EXPORT_SECONDS, TimeUnit.SECONDS);
            if (result.isSuccess()) {
                ledger.acknowledged(
                        batch.stream().mapToLong(span -> id(span.getSpanId())).toArray());
            } else {
                ledger.givenUp.addAndGet(batch.size());
            }
        }
        provider.close();
        exporter.close();
    }

    void stop() {
        stopped = true;
    }

    private static long id(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    private static final class Collected implements SpanProcessor {

        private final List<SpanData> spans = new ArrayList<>();

        private List<SpanData> take() {
            List<SpanData> all = List.copyOf(spans);
            spans.clear();
            return all;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            spans.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
