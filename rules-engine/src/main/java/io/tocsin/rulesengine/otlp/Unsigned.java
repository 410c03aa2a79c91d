package io.tocsin.rulesengine.otlp;

/** Protobuf's unsigned 64-bit numbers, which Java shows as signed ones. */
final class Unsigned {

    private static final double TWO_TO_64 = 0x1p64;

    private Unsigned() {}

    static double toDouble(long value) {
        return value >= 0 ? value : value + TWO_TO_64;
    }
}
