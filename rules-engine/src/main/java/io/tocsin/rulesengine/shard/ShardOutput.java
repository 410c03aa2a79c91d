package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.EdgeRecord;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.contracts.v1.TopologyRecord;

/** What a shard says. */
public sealed interface ShardOutput {

    /** Its part of one tick for one evaluate partition. */
    record Partial(int evaluatePartition, PartialBatch batch) implements ShardOutput {}

    /** One side of a call, or how far the shard is. */
    record Edge(EdgeRecord edge) implements ShardOutput {}

    /** Where something runs. */
    record Placed(TopologyRecord placement) implements ShardOutput {}

    /** A record that could not be processed. */
    record Dead(DeadLetter letter) implements ShardOutput {}
}
