package io.tocsin.collector.limits;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How large things may be.
 *
 * @param maxRecordBytes largest record that is published, before Kafka compresses it; the topic's {@code max.message.bytes} must
 *     be larger
 * @param maxAttributes most attributes of a metric's data point
 * @param maxAttributeBytes most bytes of a data point's attributes together
 */
@ConfigurationProperties("tocsin.collector.limits")
public record Limits(
        @Bindable(defaultValue = "16777216") int maxRecordBytes,
        @Bindable(defaultValue = "128") int maxAttributes,
        @Bindable(defaultValue = "65536") int maxAttributeBytes) {

    private static final int LEAST_RECORD_BYTES = 1024;

    public Limits {
        if (maxRecordBytes < LEAST_RECORD_BYTES || maxAttributes < 1 || maxAttributeBytes < 1) {
            throw new IllegalArgumentException("max-record-bytes must be at least " + LEAST_RECORD_BYTES
                    + ", max-attributes and max-attribute-bytes at least 1");
        }
    }
}
