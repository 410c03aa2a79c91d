package io.tocsin.collector.admission;

import java.util.Optional;

/** Room for one request, given back when it is settled; giving it back twice counts once. */
public interface Permit {

    /** How the request ended, as far as it says something about the load. */
    enum End {
        ACKNOWLEDGED,
        /** Kafka did not acknowledge it. */
        UNACKNOWLEDGED,
        /** Nothing was published: it says nothing about Kafka. */
        NOTHING_PUBLISHED
    }

    /**
     * Tells how large the request is after decompression, and charges its client: why it is not taken after all, if so. It is
     * still to be settled then.
     *
     * @param now System.nanoTime
     */
    Optional<Decision.Refused> sized(int bytes, String client, long now);

    /**
     * Gives the room back.
     *
     * @param now System.nanoTime
     */
    void settle(End end, long now);
}
