package io.tocsin.rulesengine;

import io.tocsin.rulesengine.query.Peers;
import io.tocsin.rulesengine.shard.ShardKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * The instances that Kafka Streams knows of; each tells the others its address when it joins.
 *
 * @param own the address of this one, null when it has told none
 */
record StreamsPeers(KafkaStreams streams, @Nullable String own) implements Peers {

    StreamsPeers(KafkaStreams streams, @Nullable String own) {
        this.streams = streams;
        this.own = own;
    }

    @Override
    public List<Peer> others() {
        if (!streams.state().isRunningOrRebalancing()) {
            return List.of();
        }
        return streams.metadataForAllStreamsClients().stream()
                .filter(client -> !client.hostInfo().equals(HostInfo.unavailable()))
                .filter(client -> !address(client).equals(own))
                .map(client -> new Peer(address(client), shards(client)))
                .sorted(Comparator.comparing(Peer::address))
                .toList();
    }

    private static String address(StreamsMetadata client) {
        return client.hostInfo().host() + ":" + client.hostInfo().port();
    }

    private static TreeSet<String> shards(StreamsMetadata client) {
        TreeSet<String> shards = new TreeSet<>();
        for (TopicPartition partition : client.topicPartitions()) {
            shard(partition).ifPresent(shards::add);
        }
        return shards;
    }

    private static Optional<String> shard(TopicPartition partition) {
        for (ShardKind kind : ShardKind.values()) {
            if (kind.topic().name().equals(partition.topic())) {
                return Optional.of(kind.shardId(partition.partition()));
            }
        }
        return Optional.empty();
    }
}
