package io.tocsin.collector.admission;

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
     * Gives the room back.
     *
     * @param now System.nanoTime
     */
    void settle(End end, long now);
}
