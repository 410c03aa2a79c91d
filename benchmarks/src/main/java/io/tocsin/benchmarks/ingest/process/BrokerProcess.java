package io.tocsin.benchmarks.ingest.process;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The embedded broker with all topics: data directory, port. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
                TopicCreation.STANDALONE.ensure(admin);
            }
            Console.serve(_ -> "");
        }
        System.exit(0);
    }
}
