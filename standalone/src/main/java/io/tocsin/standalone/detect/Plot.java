package io.tocsin.standalone.detect;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.detect.Run.Event;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a series, what was expected of it, and the events. */
@SuppressWarnings("JavaUtilDate") // What the library takes for a time.
final class Plot {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 500;
    private static final Color VALUE = new Color(0x2B6CB0);
    private static final Color EXPECTED = new Color(0xA0AEC0);
    private static final Color EVENT = new Color(0xC53030);

    private Plot() {}

    /** Writes SVG or PNG, as the name of the file ends. */
    static void write(TimedValues series, Run run, String title, Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw new UserError("a plot is an .svg or a .png, not " + file);
        }
        XYChart chart = chart(series, run, title);
        try (OutputStream out = Files.newOutputStream(file)) {
            ChartEncoder.saveChart(chart, out, name.endsWith(".png") ? "PNG" : "SVG");
        }
    }

    private static XYChart chart(TimedValues series, Run run, String title) {
        XYChart chart =
                new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
        chart.getStyler().setDatePattern("MM-dd HH:mm");
        List<Date> times = new ArrayList<>();
        for (long time : series.timesMs()) {
            times.add(new Date(time));
        }
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (SpikeVerdict verdict : run.verdicts()) {
            low.add(drawn(verdict.expectedLow()));
            high.add(drawn(verdict.expectedHigh()));
        }
        line(chart, "expected at most", times, high, EXPECTED);
        line(chart, "expected at least", times, low, EXPECTED);
        line(chart, "value", times, values(series, 0, series.values().length), VALUE);
        for (Event event : run.events()) {
            int end = Math.min(event.endRow(), series.values().length);
            var part = chart.addSeries(
                    "event of row " + (event.startRow() + 1),
                    times.subList(event.startRow(), end),
                    values(series, event.startRow(), end));
            part.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(EVENT).setLineColor(EVENT);
            part.setShowInLegend(false);
        }
        return chart;
    }

    private static void line(XYChart chart, String name, List<Date> times, List<Double> values, Color color) {
        chart.addSeries(name, times, values)
                .setMarker(SeriesMarkers.NONE)
                .setLineStyle(SeriesLines.SOLID)
                .setLineColor(color)
                .setLineWidth(1);
    }

    private static List<Double> values(TimedValues series, int from, int to) {
        List<Double> values = new ArrayList<>();
        for (int row = from; row < to; row++) {
            values.add(drawn(series.values()[row]));
        }
        return values;
    }

    private static Double drawn(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
