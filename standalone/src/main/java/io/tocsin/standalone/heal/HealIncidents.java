package io.tocsin.standalone.heal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.standalone.cli.InstanceAddress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin heal incidents}. */
@Command(
        name = "incidents",
        description = "Prints all incidents in the log, a snapshot a line, as heal simulate reads them",
        mixinStandardHelpOptions = true)
final class HealIncidents implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(names = "--bootstrap", description = "Kafka, where it is not the instance's own.")
    private @Nullable String bootstrap;

    @Override
    public Integer call() throws InvalidProtocolBufferException {
        String servers = bootstrap == null ? "127.0.0.1:" + instance.ports().kafka() : bootstrap;
        JsonFormat.Printer json = JsonFormat.printer().omittingInsignificantWhitespace();
        PrintWriter out = spec.commandLine().getOut();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            String topic = Topics.INCIDENTS.name();
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> snapshot : consumer.poll(POLL)) {
                    out.println(json.print(IncidentSnapshot.parseFrom(snapshot.value())));
                }
            }
        }
        out.flush();
        return 0;
    }
}
