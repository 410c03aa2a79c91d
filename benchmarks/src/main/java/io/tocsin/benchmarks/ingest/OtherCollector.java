package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.process.Child;
import io.tocsin.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Another program that takes OTLP over HTTP and writes to the same broker. */
final class OtherCollector implements Receiver, AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process process;
    private final int port;

    private OtherCollector(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a shell command that finds its ports in {@code HTTP_PORT} and {@code KAFKA_PORT}; returns when it listens.
     *
     * @param output where what it says goes
     */
    static OtherCollector start(String command, int kafkaPort, Path output) throws IOException {
        int port = FreePorts.next();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("KAFKA_PORT", Integer.toString(kafkaPort));
        OtherCollector other = new OtherCollector(builder.start(), port);
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!other.listens()) {
            if (System.nanoTime() > deadline || !other.process.isAlive()) {
                other.close();
                throw new IllegalStateException("it does not listen; its output is in " + output);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return other;
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public double cpuSeconds() throws IOException {
        return Child.cpuSeconds(process.pid());
    }

    @Override
    public long allocatedBytes() {
        return -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
