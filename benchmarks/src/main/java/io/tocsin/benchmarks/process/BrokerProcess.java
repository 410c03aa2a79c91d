package io.tocsin.benchmarks.process;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The embedded broker: data directory, port; with all topics, unless a third argument is {@value #EMPTY}. */
public final class BrokerProcess {

    /** Says that the broker gets no topics. */
    public static final String EMPTY = "empty";

    private BrokerProcess() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            if (arguments.length < 3 || !arguments[2].equals(EMPTY)) {
                try (Admin admin =
                        Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
                    TopicCreation.STANDALONE.ensure(admin);
                }
            }
            Console.serve(_ -> "");
        }
        System.exit(0);
    }
}
