package io.tocsin.rulesengine.spans;

import io.tocsin.rulesengine.otlp.OtlpOptions;
import java.util.List;

/**
 * How spans are counted.
 *
 * @param naming which resource attributes become labels, and how names are escaped
 * @param maxDimensions combinations of span name, kind and status per target at most; what is beyond is counted together
 * @param expiryMs a combination that was not seen for so long ends, milliseconds of log time
 * @param boundsMs upper bounds of the duration histogram, ascending milliseconds
 */
public record SpanOptions(OtlpOptions naming, int maxDimensions, long expiryMs, List<Double> boundsMs) {

    /** The bounds of the OpenTelemetry Collector's spanmetrics connector; 500 combinations, 15 minutes. */
    public static final SpanOptions DEFAULT = new SpanOptions(
            OtlpOptions.DEFAULT,
            500,
            900_000,
            List.of(
                    2.0, 4.0, 6.0, 8.0, 10.0, 50.0, 100.0, 200.0, 400.0, 800.0, 1000.0, 1400.0, 2000.0, 5000.0,
                    10_000.0, 15_000.0));

    public SpanOptions {
        boundsMs = List.copyOf(boundsMs);
        if (maxDimensions < 1 || expiryMs < 1) {
            throw new IllegalArgumentException("maxDimensions and expiryMs must be positive");
        }
        for (int i = 1; i < boundsMs.size(); i++) {
            if (boundsMs.get(i) <= boundsMs.get(i - 1)) {
                throw new IllegalArgumentException("boundsMs must ascend, got " + boundsMs);
            }
        }
    }
}
