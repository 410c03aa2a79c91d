package io.tocsin.collector.remotewrite;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.remotewrite.wire.FamilyMetadata;
import io.tocsin.collector.remotewrite.wire.LabelledExemplar;
import io.tocsin.collector.remotewrite.wire.SymbolizedExemplar;
import io.tocsin.collector.remotewrite.wire.SymbolizedRequest;
import io.tocsin.collector.remotewrite.wire.SymbolizedSeries;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import java.util.ArrayList;
import java.util.List;

/** The series of a request of either version. */
public final class Reading {

    private Reading() {}

    /**
     * The series of a 1.0 request; what it says of families is learnt.
     *
     * @throws Refusal MALFORMED
     */
    public static List<Series> first(byte[] body, Families families) {
        WriteRequest request;
        try {
            request = WriteRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("prometheus.WriteRequest", e);
        }
        for (FamilyMetadata metadata : request.getMetadataList()) {
            families.learn(
                    metadata.getMetricFamilyName(),
                    new Family(metadata.getType(), metadata.getHelp(), metadata.getUnit()));
        }
        List<Series> all = new ArrayList<>(request.getTimeseriesCount());
        for (TimeSeries series : request.getTimeseriesList()) {
            List<Series.Label> labels = labels(series.getLabelsList());
            List<Series.Exemplar> exemplars = new ArrayList<>();
            for (LabelledExemplar exemplar : series.getExemplarsList()) {
                exemplars.add(new Series.Exemplar(
                        labels(exemplar.getLabelsList()), exemplar.getValue(), exemplar.getTimestamp()));
            }
            all.add(new Series(
                    labels,
                    series.getSamplesList(),
                    series.getHistogramsList(),
                    exemplars,
                    families.of(Labels.value(labels, Labels.NAME))));
        }
        return all;
    }

    private static List<Series.Label> labels(List<io.tocsin.collector.remotewrite.wire.Label> labels) {
        List<Series.Label> copy = new ArrayList<>(labels.size());
        for (var label : labels) {
            copy.add(new Series.Label(label.getName(), label.getValue()));
        }
        return copy;
    }

    /**
     * The series of a 2.0 request; one whose references lead nowhere is a problem of its own.
     *
     * @throws Refusal MALFORMED
     */
    public static List<Series> second(byte[] body, Problems problems) {
        SymbolizedRequest request;
        try {
            request = SymbolizedRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("io.prometheus.write.v2.Request", e);
        }
        Symbols symbols = new Symbols(request.getSymbolsList());
        List<Series> all = new ArrayList<>(request.getTimeseriesCount());
        for (SymbolizedSeries series : request.getTimeseriesList()) {
            try {
                Series read = series(series, symbols);
                if (read.samples().isEmpty() && read.histograms().isEmpty()) {
                    problems.add(
                            series.getExemplarsCount(),
                            "a series without samples and histograms: " + Labels.value(read.labels(), Labels.NAME));
                } else {
                    all.add(read);
                }
            } catch (Symbols.NoSuchSymbolException e) {
                int count = series.getSamplesCount() + series.getHistogramsCount() + series.getExemplarsCount();
                problems.add(count, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private static Series series(SymbolizedSeries series, Symbols symbols) throws Symbols.NoSuchSymbolException {
        List<Series.Exemplar> exemplars = new ArrayList<>();
        for (SymbolizedExemplar exemplar : series.getExemplarsList()) {
            exemplars.add(new Series.Exemplar(
                    symbols.labels(exemplar.getLabelsRefsList()), exemplar.getValue(), exemplar.getTimestamp()));
        }
        var metadata = series.getMetadata();
        return new Series(
                symbols.labels(series.getLabelsRefsList()),
                series.getSamplesList(),
                series.getHistogramsList(),
                exemplars,
                new Family(
                        metadata.getType(), symbols.text(metadata.getHelpRef()), symbols.text(metadata.getUnitRef())));
    }

    private static Refusal malformed(String message, InvalidProtocolBufferException e) {
        return new Refusal(Refusal.Reason.MALFORMED, "not a valid " + message + ": " + e.getMessage());
    }
}
