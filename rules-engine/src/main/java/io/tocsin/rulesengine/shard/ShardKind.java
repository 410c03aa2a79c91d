package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.Topic;
import io.tocsin.contracts.Topics;

/** What a shard reads. Its name begins the shard's id and the names of its stores. */
public enum ShardKind {
    METRICS("metrics", Topics.METRICS),
    SPANS("spans", Topics.SPANS);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // A record of constants.
    private final Topic topic;

    ShardKind(String label, Topic topic) {
        this.label = label;
        this.topic = topic;
    }

    /** Its name. */
    public String label() {
        return label;
    }

    /** Where its telemetry is. */
    public Topic topic() {
        return topic;
    }

    /** The id of the shard that owns a partition, for example "metrics/3". */
    public String shardId(int partition) {
        return label + "/" + partition;
    }

    /** The name of a store of this kind of shard. */
    String store(String what) {
        return label + "-" + what;
    }
}
