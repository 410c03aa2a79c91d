package io.tocsin.rulesengine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the log is a copy of one that was evaluated before, and what that evaluation decided by the clock of its
 * machine.
 *
 * @param isOne whether it is
 * @param excluded per evaluate partition and tick, the shards that the tick went on without
 */
public record Replay(boolean isOne, Map<Integer, Map<Long, Set<String>>> excluded) {

    /** A log that grows. */
    public static final Replay NONE = new Replay(false, Map.of());

    public Replay {
        excluded = Map.copyOf(excluded);
    }

    /** What an evaluate partition went on without, by tick. */
    public Map<Long, Set<String>> of(int partition) {
        return excluded.getOrDefault(partition, Map.of());
    }

    /**
     * Reads a file of lines {@code PARTITION TICK SHARD,SHARD…}.
     *
     * @throws IllegalArgumentException when a line is of another form
     */
    public static Replay read(Path file) {
        Map<Integer, Map<Long, Set<String>>> excluded = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                if (parts.length != 3) {
                    throw new IllegalArgumentException(file + ": not PARTITION TICK SHARD,SHARD: " + line);
                }
                excluded.computeIfAbsent(Integer.parseInt(parts[0]), partition -> new HashMap<>())
                        .put(Long.parseLong(parts[1]), new TreeSet<>(Arrays.asList(parts[2].split(",", -1))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Replay(true, excluded);
    }
}
