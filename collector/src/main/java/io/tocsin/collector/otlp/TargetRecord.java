package io.tocsin.collector.otlp;

/**
 * A record to be published.
 *
 * @param key the target's identity
 * @param value an export request with one resource
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to Kafka and never compared.
public record TargetRecord(byte[] key, byte[] value) {}
