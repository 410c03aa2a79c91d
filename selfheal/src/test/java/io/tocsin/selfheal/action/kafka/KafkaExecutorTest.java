package io.tocsin.selfheal.action.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.FreePorts;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Orders;
import io.tocsin.selfheal.action.Outcome;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Sight.Shown;
import io.tocsin.selfheal.playbook.KafkaAction;
import io.tocsin.selfheal.playbook.Template;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class KafkaExecutorTest {

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(directory, 0);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("orders", 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void aMessageIsSentOnceHoweverOftenTheStepIsTried() throws Exception {
        Order order = Orders.first("repair-1/0", 42);
        assertThat(Orders.see(action("orders"), order).shown()).isEqualTo(Shown.NOT_YET);
        Outcome outcome = Orders.act(action("orders"), order);
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.DONE);
        Sight sight = Orders.see(action("orders"), order);
        assertThat(sight.shown()).isEqualTo(Shown.THERE);
        assertThat(Orders.act(action("orders"), Orders.again(order)).end()).isEqualTo(End.ALREADY_DONE);

        List<ConsumerRecord<String, String>> sent = read();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().key()).isEqualTo("shop");
        assertThat(sent.getFirst().value()).isEqualTo("{\"do\":\"fail over\",\"of\":\"shop\"}");
        assertThat(header(sent.getFirst(), "tocsin-order")).isEqualTo("repair-1/0");
        assertThat(header(sent.getFirst(), "tocsin-fencing-token")).isEqualTo("42");
        assertThat(Orders.see(action("orders"), Orders.first("repair-2/0", 42)).shown())
                .isEqualTo(Shown.NOT_YET);
    }

    @Test
    void anUnknownTopicIsAbsentAndNotCreated() throws Exception {
        Outcome outcome = Orders.act(action("nothing"), Orders.first("repair-1/0", 1));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.ABSENT);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).doesNotContain("nothing");
        }
    }

    @Test
    void tocsinsOwnTopicsAreLeftAlone() throws Exception {
        Outcome outcome = Orders.act(action("tocsin.incidents"), Orders.first("repair-1/0", 1));
        assertThat(outcome.end()).isEqualTo(End.REFUSED);
        assertThat(outcome.detail()).contains("not Tocsin's");
    }

    @Test
    void whereNobodyListensItIsSaidSo() throws Exception {
        KafkaAction nobody = action("orders", "127.0.0.1:" + FreePorts.next(), Optional.empty());
        Outcome outcome = Orders.act(nobody, Orders.first("repair-1/0", 1, Duration.ofSeconds(8)));
        assertThat(outcome.end()).as(outcome.detail()).isEqualTo(End.UNREACHABLE);
    }

    @Test
    void credentialsThatCannotBeReadAreRefused() throws Exception {
        KafkaAction without = action(
                "orders",
                kafka.bootstrapServers(),
                Optional.of(directory.resolve("x").toString()));
        assertThat(Orders.act(without, Orders.first("repair-1/0", 1)).end()).isEqualTo(End.REFUSED);
    }

    private static KafkaAction action(String topic) {
        return action(topic, kafka.bootstrapServers(), Optional.empty());
    }

    private static KafkaAction action(String topic, String servers, Optional<String> clientFile) {
        return new KafkaAction(
                new Template(topic),
                new Template("{{target.name}}"),
                new Template("{\"do\":\"fail over\",\"of\":\"{{target.name}}\"}"),
                new Template(servers),
                clientFile);
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<String, String>> read() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> all = List.of(
                    new TopicPartition("orders", 0), new TopicPartition("orders", 1), new TopicPartition("orders", 2));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
