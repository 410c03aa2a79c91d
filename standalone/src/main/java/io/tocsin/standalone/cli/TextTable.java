package io.tocsin.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in aligned columns. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with its column names. */
    public TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row, as many cells as the header has. */
    public TextTable row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row has " + cells.length + " cells, the header "
                    + rows.getFirst().size());
        }
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(i -> String.valueOf(cells[i]))
                .toList());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
