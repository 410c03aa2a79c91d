package io.tocsin.collector.remotewrite;

import io.tocsin.collector.remotewrite.wire.Label;
import io.tocsin.collector.remotewrite.wire.Sample;
import io.tocsin.collector.remotewrite.wire.SymbolizedRequest;
import io.tocsin.collector.remotewrite.wire.SymbolizedSeries;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Remote-write messages by hand. */
public final class Requests {

    private Requests() {}

    /** A 1.0 series; labels are name, value, name, value. */
    public static TimeSeries.Builder series(String... labels) {
        TimeSeries.Builder series = TimeSeries.newBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            series.addLabels(Label.newBuilder().setName(labels[i]).setValue(labels[i + 1]));
        }
        return series;
    }

    /** A sample. */
    public static Sample sample(long timestampMs, double value) {
        return Sample.newBuilder().setTimestamp(timestampMs).setValue(value).build();
    }

    /** Adds a 2.0 series to a request, with its strings. */
    static void add(SymbolizedRequest.Builder request, SymbolizedSeries.Builder series, String... labels) {
        if (request.getSymbolsCount() == 0) {
            request.addSymbols("");
        }
        for (String text : labels) {
            series.addLabelsRefs(symbol(request, text));
        }
        request.addTimeseries(series);
    }

    static int symbol(SymbolizedRequest.Builder request, String text) {
        List<String> known = new ArrayList<>(request.getSymbolsList());
        int at = known.indexOf(text);
        if (at < 0) {
            request.addSymbols(text);
            return known.size();
        }
        return at;
    }

    /** A body in snappy's block format. */
    public static byte[] snappy(byte[] plain) {
        try {
            return Snappy.compress(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
