package io.tocsin.collector.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.tocsin.collector.TestCollector;
import io.tocsin.collector.remotewrite.wire.Histogram;
import io.tocsin.collector.remotewrite.wire.SymbolizedExemplar;
import io.tocsin.collector.remotewrite.wire.SymbolizedRequest;
import io.tocsin.collector.remotewrite.wire.SymbolizedSeries;
import io.tocsin.collector.remotewrite.wire.TimeSeries;
import io.tocsin.collector.remotewrite.wire.WriteRequest;
import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver on the wire. Every test has a job of its own. */
class RemoteWriteTest {

    private static final String V1 = "application/x-protobuf";
    private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private static final long AT = 1_700_000_000_000L;

    @TempDir
    static Path data;

    private static TestCollector collector;

    @BeforeAll
    static void start() {
        collector = new TestCollector(data);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static HttpResponse<byte[]> post(String type, byte[] body) {
        return collector.post(
                "/api/v1/write",
                type,
                Requests.snappy(body),
                "Content-Encoding",
                "snappy",
                "X-Prometheus-Remote-Write-Version",
                type.equals(V2) ? "2.0.0" : "0.1.0");
    }

    private static HttpResponse<byte[]> first(TimeSeries.Builder... series) {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        Arrays.stream(series).forEach(request::addTimeseries);
        return post(V1, request.build().toByteArray());
    }

    private static List<Metric> metrics(String job, String instance) throws Exception {
        byte[] key = new TargetIdentity(job, instance).key();
        List<Metric> metrics = new ArrayList<>();
        for (var record : collector.records(Topics.METRICS)) {
            if (Arrays.equals(record.key(), key)) {
                var request = ExportMetricsServiceRequest.parseFrom(record.value());
                metrics.addAll(request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList());
            }
        }
        return metrics;
    }

    private static List<String> written(HttpResponse<byte[]> answer) {
        return List.of(
                answer.headers()
                        .firstValue("X-Prometheus-Remote-Write-Samples-Written")
                        .orElse("-"),
                answer.headers()
                        .firstValue("X-Prometheus-Remote-Write-Histograms-Written")
                        .orElse("-"),
                answer.headers()
                        .firstValue("X-Prometheus-Remote-Write-Exemplars-Written")
                        .orElse("-"));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void firstVersionIsInKafkaKeyedByTargetWhenTheAnswerIsThere() throws Exception {
        HttpResponse<byte[]> answer = first(Requests.series("__name__", "up", "instance", "h:1", "job", "v1")
                .addSamples(Requests.sample(AT, 1)));
        assertThat(metrics("v1", "h:1")).extracting(Metric::getName).containsExactly("up");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {V1, V1 + ";proto=prometheus.WriteRequest", V2, V1 + "; proto=io.prometheus.write.v2.Request"})
    void anEmptyRequestOfEitherVersionIsASuccess(String type) {
        HttpResponse<byte[]> answer = post(type, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(written(answer)).containsExactly("0", "0", "0");
    }

    @Test
    void secondVersionSaysHowMuchIsWritten() throws Exception {
        SymbolizedRequest.Builder request = SymbolizedRequest.newBuilder();
        Requests.add(
                request,
                SymbolizedSeries.newBuilder()
                        .addSamples(Requests.sample(AT, 1))
                        .addSamples(Requests.sample(AT + 1, 2))
                        .addExemplars(SymbolizedExemplar.newBuilder().setTimestamp(AT)),
                "__name__",
                "m",
                "job",
                "v2");
        Requests.add(
                request,
                SymbolizedSeries.newBuilder()
                        .addHistograms(Histogram.newBuilder().setTimestamp(AT).setCountInt(1)),
                "__name__",
                "h",
                "job",
                "v2");
        HttpResponse<byte[]> answer = post(V2, request.build().toByteArray());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(written(answer)).containsExactly("2", "1", "1");
        assertThat(metrics("v2", "")).extracting(Metric::getName).containsExactly("m", "h");
    }

    @Test
    void aPartialWriteIs400WithWhatWasWritten() throws Exception {
        SymbolizedRequest.Builder request = SymbolizedRequest.newBuilder();
        Requests.add(
                request,
                SymbolizedSeries.newBuilder().addSamples(Requests.sample(AT, 1)),
                "__name__",
                "good",
                "job",
                "partial");
        Requests.add(request, SymbolizedSeries.newBuilder().addSamples(Requests.sample(AT, 1)), "job", "partial");
        HttpResponse<byte[]> answer = post(V2, request.build().toByteArray());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("1 not written", "without a metric name");
        assertThat(written(answer)).containsExactly("1", "0", "0");
        assertThat(metrics("partial", "")).extracting(Metric::getName).containsExactly("good");
    }

    @Test
    void theWrongContentIs415AndSaysWhatIsRight() {
        byte[] body = Requests.snappy(new byte[0]);
        for (String type : List.of("application/json", V1 + ";proto=io.prometheus.write.v3.Request", "")) {
            HttpResponse<byte[]> answer = collector.post("/api/v1/write", type, body, "Content-Encoding", "snappy");
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(text(answer)).contains("prometheus.WriteRequest", "io.prometheus.write.v2.Request");
        }
        for (String coding : List.of("gzip", "zstd")) {
            HttpResponse<byte[]> answer = collector.post("/api/v1/write", V1, body, "Content-Encoding", coding);
            assertThat(answer.statusCode()).as(coding).isEqualTo(415);
            assertThat(text(answer)).contains("snappy");
        }
        assertThat(collector.post("/api/v1/write", V1, body).statusCode()).isEqualTo(415);
    }

    @Test
    void whatIsNotSnappyOrNotTheMessageIs400() {
        byte[] plain = {10, 5, 1};
        assertThat(collector
                        .post("/api/v1/write", V1, plain, "Content-Encoding", "snappy")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(V1, plain).statusCode()).isEqualTo(400);
        assertThat(post(V2, plain).statusCode()).isEqualTo(400);
    }

    @Test
    void aBlockThatSaysItIsLargerThanTheLimitIs413BeforeItIsDecompressed() {
        // Snappy's block begins with its length as a varint: 2 GiB less one.
        byte[] block = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0};
        assertThat(collector
                        .post("/api/v1/write", V1, block, "Content-Encoding", "snappy")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void ofAPairOnlyOneIsWrittenAndItsReplicaLabelIsGone() throws Exception {
        for (String replica : List.of("a", "b")) {
            HttpResponse<byte[]> answer =
                    first(Requests.series("__name__", "up", "__replica__", replica, "cluster", "prod", "job", "ha")
                            .addSamples(Requests.sample(AT, 1)));
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(written(answer)).containsExactly("1", "0", "0");
        }
        assertThat(metrics("ha", "")).hasSize(1);
        assertThat(metrics("ha", "").getFirst().getGauge().getDataPoints(0).getAttributesList())
                .extracting(attribute -> attribute.getKey())
                .containsExactly("cluster");
        assertThat(collector.metric("tocsin_collector_remote_write_elements_total{fate=\"deduplicated\"}"))
                .isEqualTo(1);
    }

    @Test
    void whatComesLaterWithAnEarlierTimeIsTaken() throws Exception {
        for (long at : List.of(AT, AT - 3_600_000)) {
            assertThat(first(Requests.series("__name__", "m", "job", "late").addSamples(Requests.sample(at, 1)))
                            .statusCode())
                    .isEqualTo(204);
        }
        assertThat(metrics("late", "")).hasSize(2);
    }

    @Test
    void anotherMethodIs405() {
        assertThat(collector.send(collector.request("/api/v1/write", V1).GET()).statusCode())
                .isEqualTo(405);
    }
}
