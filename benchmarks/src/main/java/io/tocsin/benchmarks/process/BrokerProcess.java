package io.tocsin.benchmarks.process;

import io.tocsin.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A Kafka broker in a process of its own: {@code DIRECTORY PORT}. */
public final class BrokerProcess {

    private BrokerProcess() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[1]));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            kafka.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
