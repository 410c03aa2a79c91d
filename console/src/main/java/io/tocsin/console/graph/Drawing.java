package io.tocsin.console.graph;

import io.tocsin.console.graph.CallMap.Edge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A map with a place for everything: callers left of what they call, in columns (after Sugiyama, Tagawa and Toda 1981:
 * layers by longest path, order in a layer by the mean place of neighbours). Lengths are units of the drawing.
 *
 * @param boxes services
 * @param lines calls
 * @param width of the drawing
 * @param height of the drawing
 */
public record Drawing(List<Box> boxes, List<Line> lines, int width, int height) {

    /** Width of a box. */
    public static final int BOX_WIDTH = 150;
    /** Height of a box. */
    public static final int BOX_HEIGHT = 40;

    private static final int COLUMN = 310;
    private static final int ROW = 72;
    private static final int EDGE = 12;
    private static final int SWEEPS = 4;

    /**
     * A service.
     *
     * @param x left side
     * @param y upper side
     * @param virtual whether it is known from its callers alone
     */
    public record Box(String service, int x, int y, boolean virtual) {}

    /**
     * Calls.
     *
     * @param path of the line, in the language of SVG
     * @param x middle, for words
     * @param y middle, for words
     */
    public record Line(Edge edge, String path, int x, int y) {}

    public Drawing {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /** A drawing of a map. */
    public static Drawing of(CallMap map) {
        Map<String, Integer> layers = Layers.of(map);
        List<List<String>> columns = ordered(columns(layers), map);
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        Map<String, Box> boxes = new TreeMap<>();
        for (int column = 0; column < columns.size(); column++) {
            List<String> services = columns.get(column);
            int top = EDGE + (rows - services.size()) * ROW / 2;
            for (int row = 0; row < services.size(); row++) {
                String service = services.get(row);
                boolean virtual = map.services().getOrDefault(service, false);
                boxes.put(service, new Box(service, EDGE + column * COLUMN, top + row * ROW, virtual));
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Edge edge : map.edges()) {
            Box from = boxes.get(edge.caller());
            Box to = boxes.get(edge.callee());
            if (from != null && to != null) {
                lines.add(line(edge, from, to));
            }
        }
        int width = Math.max(0, (columns.size() - 1) * COLUMN) + BOX_WIDTH + 2 * EDGE;
        return new Drawing(List.copyOf(boxes.values()), lines, width, rows * ROW + 2 * EDGE);
    }

    private static List<List<String>> columns(Map<String, Integer> layers) {
        List<List<String>> columns = new ArrayList<>();
        new TreeMap<>(layers).forEach((service, layer) -> {
            while (columns.size() <= layer) {
                columns.add(new ArrayList<>());
            }
            columns.get(layer).add(service);
        });
        return columns;
    }

    private static List<List<String>> ordered(List<List<String>> columns, CallMap map) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<String> column : columns) {
                // Of now: columns that are ordered at the same time would only change places.
                Map<String, Double> places = places(columns);
                Map<String, Double> wanted = new HashMap<>();
                column.forEach(service -> wanted.put(service, mean(service, map, places)));
                column.sort(Comparator.comparing((String service) -> wanted.getOrDefault(service, 0.0))
                        .thenComparing(Comparator.naturalOrder()));
            }
        }
        return columns;
    }

    private static Map<String, Double> places(List<List<String>> columns) {
        Map<String, Double> places = new HashMap<>();
        for (List<String> column : columns) {
            for (int row = 0; row < column.size(); row++) {
                places.put(column.get(row), row - (column.size() - 1) / 2.0);
            }
        }
        return places;
    }

    private static double mean(String service, CallMap map, Map<String, Double> places) {
        return map.edges().stream()
                .filter(edge -> edge.caller().equals(service) || edge.callee().equals(service))
                .mapToDouble(
                        edge -> places.getOrDefault(edge.caller().equals(service) ? edge.callee() : edge.caller(), 0.0))
                .average()
                .orElse(0);
    }

    private static Line line(Edge edge, Box from, Box to) {
        int y1 = from.y() + BOX_HEIGHT / 2;
        int y2 = to.y() + BOX_HEIGHT / 2;
        if (from.x() >= to.x()) {
            return back(edge, from, to);
        }
        int x1 = from.x() + BOX_WIDTH;
        int x2 = to.x() - 2;
        int bend = (x2 - x1) / 2;
        String path = "M" + x1 + " " + y1 + " C" + (x1 + bend) + " " + y1 + " " + (x2 - bend) + " " + y2 + " " + x2
                + " " + y2;
        return new Line(edge, path, (x1 + x2) / 2, (y1 + y2) / 2);
    }

    /** A call against the direction of the map, or to itself: below the boxes. */
    private static Line back(Edge edge, Box from, Box to) {
        int x1 = from.x() + BOX_WIDTH / 2 + EDGE;
        int x2 = to.x() + BOX_WIDTH / 2 - EDGE;
        int y1 = from.y() + BOX_HEIGHT;
        int y2 = to.y() + BOX_HEIGHT + 2;
        int low = Math.max(y1, y2) + (ROW - BOX_HEIGHT) - 4;
        String path = "M" + x1 + " " + y1 + " C" + x1 + " " + low + " " + x2 + " " + low + " " + x2 + " " + y2;
        return new Line(edge, path, (x1 + x2) / 2, low - 8);
    }
}
