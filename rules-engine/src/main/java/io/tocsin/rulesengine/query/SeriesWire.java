package io.tocsin.rulesengine.query;

import com.google.protobuf.ByteString;
import io.tocsin.contracts.v1.SelectMatcher;
import io.tocsin.contracts.v1.SelectRequest;
import io.tocsin.contracts.v1.SelectedSeries;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.store.chunk.Chunk;
import io.tocsin.rulesengine.store.chunk.Columns;
import io.tocsin.rulesengine.store.chunk.ColumnsBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selectors and series between instances: {@code query.proto}. */
final class SeriesWire {

    private SeriesWire() {}

    static SelectRequest request(List<LabelMatcher> matchers, long fromMs, long toMs) {
        SelectRequest.Builder request =
                SelectRequest.newBuilder().setFromMs(fromMs).setToMs(toMs);
        matchers.forEach(matcher -> request.addMatchers(SelectMatcher.newBuilder()
                .setName(matcher.name())
                .setOperator(matcher.type().symbol())
                .setValue(matcher.value())));
        return request.build();
    }

    /** @throws IllegalArgumentException when an operator is not known here */
    static List<LabelMatcher> matchers(SelectRequest request) {
        List<LabelMatcher> matchers = new ArrayList<>();
        for (SelectMatcher matcher : request.getMatchersList()) {
            LabelMatcher.Type type = Arrays.stream(LabelMatcher.Type.values())
                    .filter(candidate -> candidate.symbol().equals(matcher.getOperator()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no operator " + matcher.getOperator()));
            matchers.add(new LabelMatcher(type, matcher.getName(), matcher.getValue()));
        }
        return matchers;
    }

    static SelectedSeries encode(SeriesSlice slice) {
        SelectedSeries.Builder series = SelectedSeries.newBuilder();
        slice.labels().forEach(series::putLabels);
        for (int from = slice.from(); from < slice.to(); from += Chunk.MOST_SAMPLES) {
            int to = Math.min(slice.to(), from + Chunk.MOST_SAMPLES);
            Columns part = new Columns(
                    slice.timestamps(), slice.values(), slice.histograms(), slice.startTimestamps(), from, to);
            series.addChunks(ByteString.copyFrom(Chunk.of(part, 0)));
        }
        return series.build();
    }

    static SeriesSlice decode(SelectedSeries series) {
        List<byte[]> chunks =
                series.getChunksList().stream().map(ByteString::toByteArray).toList();
        ColumnsBuilder samples =
                new ColumnsBuilder(chunks.stream().mapToInt(Chunk::count).sum());
        chunks.forEach(samples::add);
        Columns columns = samples.all();
        return new SeriesSlice(
                Labels.of(series.getLabelsMap()),
                columns.times(),
                columns.values(),
                columns.histograms(),
                columns.starts(),
                columns.from(),
                columns.to());
    }
}
