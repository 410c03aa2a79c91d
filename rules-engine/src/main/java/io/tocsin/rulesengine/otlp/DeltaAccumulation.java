package io.tocsin.rulesengine.otlp;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Adds deltas up to counters. A total goes on only where a delta starts at its end; after a gap a new one starts, with
 * a sample of zero at its start, so that {@code rate} sees all of the first delta and nothing twice.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#sums-delta-to-cumulative">delta to
 *     cumulative</a>
 */
final class DeltaAccumulation {

    private static final long NS_PER_MS = 1_000_000;

    private final DeltaTotals totals;
    private final Emission out;

    DeltaAccumulation(DeltaTotals totals, Emission out) {
        this.totals = totals;
        this.out = out;
    }

    void number(Labels series, long startNs, long endNs, double delta, boolean monotonic) {
        DeltaTotal before = totals.get(series);
        switch (before instanceof DeltaTotal.Plain ? Alignment.of(before, startNs, endNs) : Alignment.STARTS) {
            case CONTINUES -> number(series, extended((DeltaTotal.Plain) known(before), endNs, delta));
            case STARTS -> {
                if (!monotonic && before instanceof DeltaTotal.Plain level) {
                    // A level that also falls has no zero to start from: what was lost in the gap stays lost.
                    number(series, extended(level, endNs, delta));
                    return;
                }
                if (monotonic && startsBefore(startNs, endNs)) {
                    out.sample(series, startNs / NS_PER_MS, 0, startNs / NS_PER_MS);
                }
                number(series, new DeltaTotal.Plain(startNs, endNs, delta));
            }
            case REPEATED -> out.drop(DropReason.DELTA_REPEATED, series.toString());
            case OVERLAPS -> out.drop(DropReason.DELTA_OVERLAPS, series.toString());
        }
    }

    private static DeltaTotal.Plain extended(DeltaTotal.Plain total, long endNs, double delta) {
        return new DeltaTotal.Plain(total.startNs(), endNs, total.value() + delta);
    }

    private void number(Labels series, DeltaTotal.Plain total) {
        totals.put(series, total);
        out.sample(series, total.endNs() / NS_PER_MS, total.value(), total.startNs() / NS_PER_MS);
    }

    void classic(ClassicSeries series, long startNs, long endNs, ClassicPoint delta) {
        DeltaTotal before = totals.get(series.base());
        boolean extends_ =
                before instanceof DeltaTotal.Classic total && total.value().sameLayout(delta);
        Alignment alignment = Alignment.of(before, startNs, endNs);
        switch (alignment == Alignment.CONTINUES && !extends_ ? Alignment.STARTS : alignment) {
            case CONTINUES -> {
                DeltaTotal.Classic total = (DeltaTotal.Classic) known(before);
                classic(
                        series,
                        new DeltaTotal.Classic(
                                total.startNs(), endNs, total.value().plus(delta)));
            }
            case STARTS -> {
                if (startsBefore(startNs, endNs)) {
                    series.emit(delta.empty(), startNs / NS_PER_MS, startNs / NS_PER_MS, out);
                }
                classic(series, new DeltaTotal.Classic(startNs, endNs, delta));
            }
            case REPEATED -> out.drop(DropReason.DELTA_REPEATED, series.base().toString());
            case OVERLAPS -> out.drop(DropReason.DELTA_OVERLAPS, series.base().toString());
        }
    }

    private void classic(ClassicSeries series, DeltaTotal.Classic total) {
        totals.put(series.base(), total);
        series.emit(total.value(), total.endNs() / NS_PER_MS, total.startNs() / NS_PER_MS, out);
    }

    void exponential(Labels series, long startNs, long endNs, FloatHistogram delta) {
        DeltaTotal before = totals.get(series);
        Alignment alignment = Alignment.of(before, startNs, endNs);
        boolean extends_ = before instanceof DeltaTotal.Native;
        switch (alignment == Alignment.CONTINUES && !extends_ ? Alignment.STARTS : alignment) {
            case CONTINUES -> {
                DeltaTotal.Native total = (DeltaTotal.Native) known(before);
                FloatHistogram sum = total.value().add(delta).histogram();
                exponential(series, new DeltaTotal.Native(total.startNs(), endNs, sum));
            }
            case STARTS -> {
                if (startsBefore(startNs, endNs)) {
                    FloatHistogram empty = FloatHistogram.builder(delta.schema())
                            .zero(delta.zeroThreshold(), 0)
                            .build();
                    out.histogram(series, startNs / NS_PER_MS, empty, startNs / NS_PER_MS);
                }
                exponential(series, new DeltaTotal.Native(startNs, endNs, delta));
            }
            case REPEATED -> out.drop(DropReason.DELTA_REPEATED, series.toString());
            case OVERLAPS -> out.drop(DropReason.DELTA_OVERLAPS, series.toString());
        }
    }

    private void exponential(Labels series, DeltaTotal.Native total) {
        totals.put(series, total);
        out.histogram(series, total.endNs() / NS_PER_MS, total.value(), total.startNs() / NS_PER_MS);
    }

    private static boolean startsBefore(long startNs, long endNs) {
        return startNs > 0 && startNs / NS_PER_MS < endNs / NS_PER_MS;
    }

    private static DeltaTotal known(@Nullable DeltaTotal total) {
        if (total == null) {
            throw new IllegalStateException("a delta continues a total that does not exist");
        }
        return total;
    }
}
