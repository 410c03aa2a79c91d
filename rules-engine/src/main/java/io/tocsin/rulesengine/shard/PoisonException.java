package io.tocsin.rulesengine.shard;

/** A record that can never be processed, with the named reason that its dead letter carries. */
final class PoisonException extends Exception {

    /** Why. */
    enum Reason {
        /** Not the protobuf message that the topic holds. */
        UNREADABLE,
        /** The record's key is not the identity of its resource: another shard owns that target. */
        KEY_MISMATCH,
        /** The record does not carry the broker's time, so it says nothing about its order among others. */
        NO_ARRIVAL_TIME,
        /** A record without a value: telemetry topics know no tombstones. */
        NO_VALUE
    }

    private final Reason reason;

    PoisonException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
