package io.tocsin.console.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Makes a picture of what some topics say. Called by the reading thread alone; its picture is read by others. */
public interface Intake {

    /** All of a topic that is kept. */
    Duration EVERYTHING = Duration.ofDays(36_500);

    /** What a record changed. */
    enum Outcome {
        /** Open pages show something else now. */
        NEWS,
        /** The picture changed; pages see it when they look next. */
        APPLIED,
        /** Nothing. */
        KNOWN
    }

    /** The topics, and how much of each is read: records that are not older than this when reading begins. */
    Map<String, Duration> topics();

    /**
     * Takes a record.
     *
     * @param at its time in the log
     * @throws InvalidProtocolBufferException when it is not the topic's message
     * @throws IllegalArgumentException when the message makes no sense
     */
    Outcome apply(String topic, Instant at, byte[] value) throws InvalidProtocolBufferException;

    /** Shows what was taken. */
    void publish();
}
