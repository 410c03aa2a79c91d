package io.tocsin.standalone.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import oshi.SystemInfo;

/** Java, memory, disk, open files and the clock of this machine. */
final class MachineChecks {

    static final int JAVA = 25;
    private static final long GIB = 1L << 30;
    private static final long LEAST_MEMORY = 3 * GIB;
    private static final long LEAST_DISK = 5 * GIB;

    /** From here on telemetry should be shed: docs/operate-in-production.md. */
    private static final double FULL = 0.85;

    private static final long LEAST_FILES = 4096;
    private static final List<String> CLOCK_KEEPERS = List.of("chronyd", "ntpd", "systemd-timesyn", "ptp4l");

    private MachineChecks() {}

    static Finding java(Runtime.Version version) {
        return version.feature() >= JAVA
                ? Finding.ok("JDK", version.toString())
                : Finding.fail(
                        "JDK", version.toString(), "install a JDK " + JAVA + ", or point TOCSIN_JAVA_HOME at one");
    }

    static Finding memory(long total, long available) {
        String found = size(available) + " available of " + size(total);
        return available >= LEAST_MEMORY
                ? Finding.ok("memory", found)
                : Finding.warn(
                        "memory",
                        found,
                        "one process tree wants 3 GiB; with less, lower TOCSIN_HEAP (1g) or run modules apart");
    }

    static Finding memory() {
        var memory = new SystemInfo().getHardware().getMemory();
        return memory(memory.getTotal(), memory.getAvailable());
    }

    static Finding disk(Path data) {
        Path existing = data.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            return disk(existing + " (" + store.type() + ")", store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            return Finding.fail("disk", existing + ": " + e.getMessage(), "choose another directory with --data");
        }
    }

    static Finding disk(String where, long total, long free) {
        double used = total == 0 ? 1 : 1 - (double) free / total;
        String found = String.format(Locale.ROOT, "%s: %s free, %.0f %% used", where, size(free), used * 100);
        if (free < LEAST_DISK) {
            return Finding.fail("disk", found, "Kafka stops at a full disk: free some, or choose another with --data");
        }
        return used < FULL
                ? Finding.ok("disk", found)
                : Finding.warn(
                        "disk", found, "above 85 % bound the telemetry topics by bytes: docs/operate-in-production.md");
    }

    static Finding openFiles(List<String> limits) {
        Optional<String> soft = limits.stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+", -1)[0])
                .findFirst();
        if (soft.isEmpty()) {
            return Finding.ok("open files", "not known on this system");
        }
        boolean enough = soft.get().equals("unlimited") || Long.parseLong(soft.get()) >= LEAST_FILES;
        return enough
                ? Finding.ok("open files", soft.get() + " allowed")
                : Finding.warn(
                        "open files",
                        soft.get() + " allowed",
                        "ulimit -n " + LEAST_FILES + ": every log segment and store is a file");
    }

    static Finding openFiles() {
        Path limits = Path.of("/proc/self/limits");
        try {
            return openFiles(Files.exists(limits) ? Files.readAllLines(limits) : List.of());
        } catch (IOException e) {
            return Finding.warn("open files", "cannot be read: " + e.getMessage(), "");
        }
    }

    /** Whether anything keeps this machine's clock. */
    static Finding clock() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            Optional<String> keeper = processes
                    .map(process -> process.resolve("comm"))
                    .filter(Files::isReadable)
                    .map(MachineChecks::line)
                    .filter(CLOCK_KEEPERS::contains)
                    .findFirst();
            return keeper.map(name -> Finding.ok("clock", "kept by " + name))
                    .orElseGet(() -> Finding.warn(
                            "clock",
                            "nothing on this machine keeps it, as far as can be seen",
                            "run chrony or systemd-timesyncd; in a container the host's counts"));
        } catch (IOException e) {
            return Finding.warn("clock", "who keeps it cannot be seen: " + e.getMessage(), "");
        }
    }

    private static String line(Path comm) {
        try {
            return Files.readString(comm).strip();
        } catch (IOException e) {
            // The process ended meanwhile.
            return "";
        }
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
