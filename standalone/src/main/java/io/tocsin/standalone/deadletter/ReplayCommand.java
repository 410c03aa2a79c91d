package io.tocsin.standalone.deadletter;

import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.collector.otlp.Signal;
import io.tocsin.collector.otlp.Split;
import io.tocsin.collector.otlp.TargetRecord;
import io.tocsin.contracts.Topics;
import io.tocsin.standalone.cli.UserError;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code tocsin dead-letters replay}: writes records again to the topic that they came from, after what was wrong there was
 * mended. Telemetry is split and keyed as the collector does it. The letters stay; a replay done twice is stored twice.
 */
@Command(
        name = "replay",
        description = "Writes records again to the topic that they came from.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final Limits LIMITS = new Limits(16 << 20, 128, 64 << 10);

    @Mixin
    private final Broker broker = new Broker();

    @Parameters(paramLabel = "NUMBER", arity = "0..*", description = "As list names them.")
    private List<Long> numbers = List.of();

    @Option(names = "--reason", description = "Instead of numbers: all with this reason.")
    private @Nullable String reason;

    @Override
    public Integer call() throws InterruptedException {
        if (numbers.isEmpty() == (reason == null)) {
            throw new UserError("name the letters by their numbers, or by --reason");
        }
        List<Letter> chosen =
                Letters.all(broker.client()).stream().filter(this::chosen).toList();
        if (chosen.isEmpty() || chosen.size() < numbers.size()) {
            throw new UserError(chosen.size() + " of the letters are there; tocsin dead-letters list names them");
        }
        int failed = 0;
        Map<String, Object> properties = new HashMap<>(broker.client());
        properties.put("acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Letter letter : chosen) {
                failed += replay(letter, producer) ? 0 : 1;
            }
        }
        System.out.println(chosen.size() - failed + " replayed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private boolean chosen(Letter letter) {
        return reason == null
                ? numbers.contains(letter.number())
                : letter.content().getReason().equals(reason);
    }

    private static boolean replay(Letter letter, KafkaProducer<byte[], byte[]> producer) throws InterruptedException {
        try {
            for (ProducerRecord<byte[], byte[]> record : records(letter)) {
                producer.send(record).get();
            }
            return true;
        } catch (Refusal refusal) {
            System.out.println(letter.number() + ": still not readable: " + refusal.text());
        } catch (ExecutionException e) {
            System.out.println(letter.number() + ": not acknowledged: " + e.getCause());
        }
        return false;
    }

    private static List<ProducerRecord<byte[], byte[]>> records(Letter letter) {
        String topic = letter.content().getTopic();
        byte[] value = letter.content().getValue().toByteArray();
        Optional<Signal> signal = Arrays.stream(Signal.values())
                .filter(each -> each.topic().name().equals(topic))
                .findFirst();
        if (signal.isPresent()) {
            List<TargetRecord> split =
                    new Split(LIMITS).split(signal.get(), value).records();
            return split.stream()
                    .map(record -> new ProducerRecord<>(topic, record.key(), record.value()))
                    .toList();
        }
        if (Topics.ALL.stream().noneMatch(known -> known.name().equals(topic))) {
            throw new UserError("letter " + letter.number() + " came from \"" + topic
                    + "\", which is a topic within the engine: it is made anew from its own input");
        }
        byte[] key = letter.content().getKey().isEmpty()
                ? null
                : letter.content().getKey().toByteArray();
        return List.of(new ProducerRecord<>(topic, letter.content().getPartition(), key, value));
    }
}
