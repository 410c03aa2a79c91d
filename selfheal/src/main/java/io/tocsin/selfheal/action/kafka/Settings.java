package io.tocsin.selfheal.action.kafka;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.KafkaAction;
import io.tocsin.selfheal.playbook.Target;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Properties of Kafka's clients: those of the operator's file, and what an executor needs. */
final class Settings {

    private static final int ANSWER_MS = 5_000;
    private static final int REQUEST_MS = 2_500;

    private Settings() {}

    static Properties read(KafkaAction action, Target target) throws Trouble {
        Properties settings = new Properties();
        if (action.clientFile().isPresent()) {
            String file = action.clientFile().get();
            try (Reader in = Files.newBufferedReader(Path.of(file))) {
                settings.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new Trouble(
                        End.REFUSED,
                        "file " + file + " cannot be read: " + e.getClass().getSimpleName(),
                        e);
            }
        }
        settings.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, action.bootstrapServersFor(target));
        settings.setProperty(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(REQUEST_MS));
        settings.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(ANSWER_MS));
        settings.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // Of a transaction that was given up, nothing counts as sent.
        settings.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return settings;
    }

    /** With what a producer needs: every replica in sync has the message before it counts, and no batch is waited for. */
    static Properties producing(Properties settings, Duration timeout) {
        long delivery = Math.max(timeout.toMillis(), REQUEST_MS);
        settings.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        settings.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        settings.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(ANSWER_MS));
        settings.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery));
        return settings;
    }
}
