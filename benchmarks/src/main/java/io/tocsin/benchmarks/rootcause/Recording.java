package io.tocsin.benchmarks.rootcause;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of services over time.
 *
 * @param values by service and metric ({@code latency}, {@code availability}, averages): by Unix second
 */
record Recording(SortedMap<Key, SortedMap<Long, Double>> values) {

    /** A metric of a service. */
    record Key(String service, String metric) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byService = service.compareTo(other.service);
            return byService != 0 ? byService : metric.compareTo(other.metric);
        }
    }

    private static final int HEADER_ROWS = 4;

    /** Reads {@code metrics.csv}: rows of services, metrics and statistics, then one row per time. */
    static Recording read(Path file) throws IOException {
        List<String[]> rows = Files.readAllLines(file).stream()
                .map(line -> line.split(",", -1))
                .toList();
        SortedMap<Key, SortedMap<Long, Double>> values = new TreeMap<>();
        for (int column = 1; column < rows.getFirst().length; column++) {
            if (rows.get(2)[column].equals("Average")) {
                values.put(new Key(rows.get(0)[column], rows.get(1)[column]), column(rows, column));
            }
        }
        return new Recording(values);
    }

    private static SortedMap<Long, Double> column(List<String[]> rows, int column) {
        SortedMap<Long, Double> values = new TreeMap<>();
        for (String[] row : rows.subList(HEADER_ROWS, rows.size())) {
            if (column < row.length && !row[column].isEmpty()) {
                values.put((long) Double.parseDouble(row[0]), Double.parseDouble(row[column]));
            }
        }
        return values;
    }

    SortedMap<Long, Double> of(String service, String metric) {
        return values.getOrDefault(new Key(service, metric), new TreeMap<>());
    }

    List<String> services() {
        return values.keySet().stream().map(Key::service).distinct().toList();
    }

    /** Who calls whom, as an adjacency matrix says it: the row calls the column. */
    static List<String[]> calls(Path graph) throws IOException {
        List<String[]> rows = Files.readAllLines(graph).stream()
                .map(line -> line.split(",", -1))
                .toList();
        List<String[]> calls = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.length; column++) {
                if (!row[column].isEmpty() && Double.parseDouble(row[column]) != 0) {
                    calls.add(new String[] {row[0], rows.getFirst()[column]});
                }
            }
        }
        return calls;
    }

    /** The middle of some values, and the middle distance from it. */
    record Usual(double median, double spread) {

        static Usual of(double[] values) {
            double median = median(values);
            return new Usual(
                    median,
                    median(Arrays.stream(values)
                            .map(value -> Math.abs(value - median))
                            .toArray()));
        }

        private static double median(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }
    }
}
