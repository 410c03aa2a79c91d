package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tocsin.collector.Telemetry;
import io.tocsin.collector.answer.Refusal;
import java.nio.charset.StandardCharsets;
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

    private static Span span(String fields) throws Exception {
        String json = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + fields + "}]}]}]}";
        byte[] protobuf = JsonRequest.toProtobuf(Signal.TRACES, json.getBytes(StandardCharsets.UTF_8));
        return ExportTraceServiceRequest.parseFrom(protobuf)
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
    }
}
