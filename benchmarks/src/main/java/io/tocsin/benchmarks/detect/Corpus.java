package io.tocsin.benchmarks.detect;

import io.tocsin.benchmarks.detect.LabelledSeries.Window;
import io.tocsin.standalone.detect.TimedValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the layout of the benchmark: {@code data/CATEGORY/FILE.csv} and {@code labels/combined_windows.json}. */
final class Corpus {

    private static final String LABELS = "labels/combined_windows.json";

    private Corpus() {}

    /**
     * All series, sorted by name.
     *
     * @param directory the one with {@code data} and {@code labels} in it, or {@code data} itself
     * @throws IOException where something is missing or unreadable; the message says what
     */
    static List<LabelledSeries> read(Path directory) throws IOException {
        Path root = Files.exists(directory.resolve(LABELS))
                ? directory
                : directory.toAbsolutePath().getParent();
        if (root == null || !Files.exists(root.resolve(LABELS))) {
            throw new IOException("no " + LABELS + " in " + directory + " or beside it");
        }
        Path data = Files.isDirectory(root.resolve("data")) ? root.resolve("data") : directory;
        JsonNode windows = JsonMapper.shared().readTree(Files.readString(root.resolve(LABELS)));
        List<LabelledSeries> corpus = new ArrayList<>();
        for (Path file : files(data)) {
            String name = data.relativize(file).toString().replace('\\', '/');
            JsonNode labels = windows.get(name);
            if (labels != null) {
                corpus.add(series(name, file, labels));
            }
        }
        if (corpus.isEmpty()) {
            throw new IOException("no series with labels in " + data);
        }
        return corpus;
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static LabelledSeries series(String name, Path file, JsonNode labels) throws IOException {
        TimedValues rows = TimedValues.read(file);
        List<Window> windows = new ArrayList<>();
        for (JsonNode window : labels) {
            int first = row(rows, window.get(0).asString(), 0, file);
            windows.add(new Window(first, row(rows, window.get(1).asString(), first, file)));
        }
        return new LabelledSeries(name, rows.timesMs(), rows.values(), windows);
    }

    private static int row(TimedValues rows, String time, int from, Path file) throws IOException {
        long wanted = LocalDateTime.parse(time.replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
        for (int row = from; row < rows.timesMs().length; row++) {
            if (rows.timesMs()[row] == wanted) {
                return row;
            }
        }
        throw new IOException("the labels name " + time + ", which is no time of " + file);
    }
}
