package io.tocsin.standalone.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.cli.TocsinCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandTest {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), FreePorts.next());
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        write(letter("MALFORMED", ByteString.copyFromUtf8("not protobuf")));
        write(letter("WRONG_KEY", request("shop", "till").toByteString()));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static DeadLetter letter(String reason, ByteString value) {
        return DeadLetter.newBuilder()
                .setModule("rules-engine")
                .setReason(reason)
                .setDetail("because")
                .setTopic(Topics.LOGS.name())
                .setOffset(7)
                .setKey(ByteString.copyFromUtf8("foreign"))
                .setValue(value)
                .build();
    }

    private static ExportLogsServiceRequest request(String... services) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (String service : services) {
            request.addResourceLogsBuilder().setResource(resource(service));
        }
        return request.build();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue(service)))
                .build();
    }

    private static void write(DeadLetter letter) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), letter.toByteArray()))
                    .get();
        }
    }

    private static int run(String... command) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(command));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        return TocsinCommand.run(all.toArray(String[]::new));
    }

    private static List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.LOGS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
            }
        }
        return keys;
    }

    @Test
    void lettersAreListedAndShown() throws Exception {
        assertThat(run("list")).isZero();
        assertThat(run("list", "--reason", "MALFORMED", "-o", "json")).isZero();
        Path value = directory.resolve("value");
        assertThat(run("show", "0", "--value", value.toString())).isZero();
        assertThat(Files.readString(value)).isEqualTo("not protobuf");
        assertThat(run("show", "99")).isEqualTo(TocsinCommand.EXIT_INPUT);
    }

    @Test
    void whatAForeignProducerKeyedIsReplayedByTarget() {
        assertThat(run("replay", "--reason", "WRONG_KEY")).isZero();
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        TargetIdentity.of(resource("shop")).key(),
                        TargetIdentity.of(resource("till")).key());
    }

    @Test
    void whatIsStillNotReadableIsNotReplayedAndSaidSo() {
        assertThat(run("replay", "0")).isEqualTo(1);
        assertThat(run("replay", "0", "99")).isEqualTo(TocsinCommand.EXIT_INPUT);
        assertThat(run("replay")).isEqualTo(TocsinCommand.EXIT_INPUT);
    }
}
