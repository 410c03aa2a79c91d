package io.tocsin.collector.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * OTLP/JSON to protobuf bytes. It is protobuf's JSON mapping but for ids, which are hex instead of base64; unknown
 * fields are ignored.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON encoding</a>
 */
final class JsonRequest {

    private static final Set<String> HEX_FIELDS = Set.of("traceId", "spanId", "parentSpanId");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonFormat.Parser PROTOBUF = JsonFormat.parser().ignoringUnknownFields();

    private JsonRequest() {}

    /**
     * The protobuf form of a JSON request.
     *
     * @throws Refusal MALFORMED, with what is wrong and where
     */
    static byte[] toProtobuf(Signal signal, byte[] json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (!tree.isObject()) {
                throw malformed(signal, "expected an object");
            }
            hexToBase64(tree);
            Message.Builder request = signal.newRequest();
            PROTOBUF.merge(JSON.writeValueAsString(tree), request);
            return request.build().toByteArray();
        } catch (JacksonException | InvalidProtocolBufferException | IllegalArgumentException e) {
            throw malformed(signal, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal malformed(Signal signal, String problem) {
        return new Refusal(Refusal.Reason.MALFORMED, "not a valid OTLP " + signal + " request in JSON: " + problem);
    }

    private static void hexToBase64(JsonNode node) {
        for (JsonNode child : node) {
            hexToBase64(child);
        }
        if (node instanceof ObjectNode object) {
            for (String field : HEX_FIELDS) {
                if (object.get(field) instanceof StringNode hex) {
                    byte[] bytes = HexFormat.of().parseHex(hex.stringValue());
                    object.put(field, Base64.getEncoder().encodeToString(bytes));
                }
            }
        }
    }
}
