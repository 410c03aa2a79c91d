package io.tocsin.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tocsin.collector.CollectorApplication;
import io.tocsin.runtime.RunningModule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** The collector: Kafka's address, port of HTTP, port of gRPC. Answers any line with {@link Cost}. */
public final class CollectorProcess {

    private CollectorProcess() {}

    /**
     * What the process has cost since it began.
     *
     * @param cpuNanos processor time of all its threads, garbage collection and compilation included
     * @param allocatedBytes allocated on the heap by all its threads
     */
    public record Cost(long cpuNanos, long allocatedBytes) {

        /** Reads what the process answers. */
        public static Cost parse(String line) {
            String[] parts = line.split(" ", 2);
            return new Cost(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        /** What it has cost since {@code before}. */
        public Cost minus(Cost before) {
            return new Cost(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
        }
    }

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (RunningModule _ = CollectorApplication.start(Map.of(
                "tocsin.kafka.bootstrap-servers", arguments[0],
                "micronaut.server.port", Integer.parseInt(arguments[1]),
                "tocsin.collector.grpc-port", Integer.parseInt(arguments[2])))) {
            Console.serve(_ -> system.getProcessCpuTime() + " " + threads.getTotalThreadAllocatedBytes());
        }
        System.exit(0);
    }
}
