package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.Telemetry;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"5b8efff798038103d269b633813fc60c", "5B8EFFF798038103D269B633813FC60C"})
    void idsAreHexInEitherCase(String id) throws Exception {
        assertThat(span("\"traceId\":\"" + id + "\"").getTraceId()).isEqualTo(Telemetry.hex(Telemetry.TRACE_ID));
    }

    @Test
    void idsOfLinksAreHexToo() throws Exception {
        Span span = span(
                "\"links\":[{\"traceId\":\"" + Telemetry.TRACE_ID + "\",\"spanId\":\"" + Telemetry.SPAN_ID + "\"}]");
        assertThat(span.getLinks(0).getTraceId()).isEqualTo(Telemetry.hex(Telemetry.TRACE_ID));
        assertThat(span.getLinks(0).getSpanId()).isEqualTo(Telemetry.hex(Telemetry.SPAN_ID));
    }

    @Test
    void anAttributeThatIsCalledLikeAnIdStaysText() throws Exception {
        Span span = span("\"attributes\":[{\"key\":\"traceId\",\"value\":{\"stringValue\":\"not hex\"}}]");
        assertThat(span.getAttributes(0).getValue().getStringValue()).isEqualTo("not hex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551615", "\"18446744073709551615\""})
    void integersOf64BitsAreTakenAsStringsAndAsNumbers(String number) throws Exception {
        assertThat(span("\"startTimeUnixNano\":" + number).getStartTimeUnixNano())
                .isEqualTo(-1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"future\":{\"deep\":[null,{\"x\":1}]}", "\"name\":null", "\"kind\":0"})
    void unknownFieldsAndDefaultsAreNothing(String field) throws Exception {
        assertThat(span(field)).isEqualTo(Span.getDefaultInstance());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"traceId\":\"5b8\"", "\"traceId\":\"zz\"", "\"startTimeUnixNano\":\"x\"", "\"name\":{}"})
    void whatDoesNotFitIsMalformed(String field) {
        assertThatThrownBy(() -> span(field))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MALFORMED));
    }

    @Test
    void enumNamesAreMalformedAndNumbersAreNot() throws Exception {
        assertThat(span("\"kind\":2").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThatThrownBy(() -> span("\"kind\":\"SPAN_KIND_SERVER\""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("kind must be a number");
    }

    @Test
    void namesInSnakeCaseAreUnknownAndIgnored() throws Exception {
        assertThat(span("\"trace_id\":\"" + Telemetry.TRACE_ID + "\",\"trace_state\":\"a=b\""))
                .isEqualTo(Span.getDefaultInstance());
    }

    @Test
    void bytesThatAreNoIdAreBase64() throws Exception {
        Span span = span("\"attributes\":[{\"key\":\"k\",\"value\":{\"bytesValue\":\"AQI=\"}}]");
        assertThat(span.getAttributes(0).getValue().getBytesValue().toByteArray())
                .containsExactly(1, 2);
    }

    @Test
    void theSpecificationsExamplesAreTaken() throws Exception {
        String configured = System.getenv("TOCSIN_SHARED");
        Path shared = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("tocsin.repository", "..")).resolveSibling("shared");
        Path examples = shared.resolve("testdata/otlp/examples");
        assumeTrue(Files.isDirectory(examples), () -> {
            System.out.println("skipped: " + examples + " is not there");
            return examples + " is not there";
        });
        for (var each : Map.of("trace", Signal.TRACES, "metrics", Signal.METRICS, "logs", Signal.LOGS)
                .entrySet()) {
            byte[] json = Files.readAllBytes(examples.resolve(each.getKey() + ".json"));
            byte[] protobuf = JsonRequest.toProtobuf(each.getValue(), json);
            Split.Result result = new Split(new Limits(16 << 20, 128, 65_536)).split(each.getValue(), protobuf);
            assertThat(result.records()).as(each.getKey()).isNotEmpty();
            assertThat(result.rejections().counts()).as(each.getKey()).isEmpty();
        }
    }

    private static Span span(String fields) throws Exception {
        String json = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + fields + "}]}]}]}";
        byte[] protobuf = JsonRequest.toProtobuf(Signal.TRACES, json.getBytes(StandardCharsets.UTF_8));
        return ExportTraceServiceRequest.parseFrom(protobuf)
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
    }
}
