package io.tocsin.rulesengine.query;

import java.util.List;
import java.util.SortedSet;

/** The other instances of the engine, as the group knows them now. */
@FunctionalInterface
public interface Peers {

    /**
     * Another instance.
     *
     * @param address host and port of its query API
     * @param shards that it owns, by id
     */
    record Peer(String address, SortedSet<String> shards) {}

    /** All that can be asked, sorted by address. */
    List<Peer> others();
}
