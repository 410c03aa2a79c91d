package io.tocsin.collector.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tocsin.collector.answer.Refusal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * OTLP/JSON to protobuf bytes. It is protobuf's JSON mapping but for ids, which are hex instead of base64, enums, which are
 * numbers only, and names, which are lowerCamelCase only; what has another name is ignored.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON encoding</a>
 */
public final class JsonRequest {

    private static final Set<String> HEX_FIELDS = Set.of("traceId", "spanId", "parentSpanId");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonFormat.Parser PROTOBUF = JsonFormat.parser().ignoringUnknownFields();
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private JsonRequest() {}

    /**
     * The protobuf form of a JSON request.
     *
     * @throws Refusal MALFORMED, with what is wrong and where
     */
    public static byte[] toProtobuf(Signal signal, byte[] json) {
        try {
            Message.Builder request = signal.newRequest();
            if (!(JSON.readTree(json) instanceof ObjectNode tree)) {
                throw malformed(signal, "expected an object");
            }
            conform(tree, request.getDescriptorForType());
            PROTOBUF.merge(JSON.writeValueAsString(tree), request);
            return request.build().toByteArray();
        } catch (JacksonException | InvalidProtocolBufferException | IllegalArgumentException e) {
            throw malformed(signal, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal malformed(Signal signal, String problem) {
        return new Refusal(Refusal.Reason.MALFORMED, "not a valid OTLP " + signal + " request in JSON: " + problem);
    }

    /** Makes of OTLP's JSON what protobuf's own mapping reads. */
    private static void conform(ObjectNode object, Descriptor type) {
        Map<String, FieldDescriptor> fields = FIELDS.computeIfAbsent(type, JsonRequest::byJsonName);
        for (Iterator<Map.Entry<String, JsonNode>> each = object.properties().iterator(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = each.next();
            FieldDescriptor field = fields.get(entry.getKey());
            if (field == null) {
                each.remove();
            } else {
                JsonNode replacement = conform(entry.getValue(), field);
                if (replacement != null) {
                    entry.setValue(replacement);
                }
            }
        }
    }

    private static Map<String, FieldDescriptor> byJsonName(Descriptor type) {
        return type.getFields().stream()
                .collect(Collectors.toUnmodifiableMap(FieldDescriptor::getJsonName, Function.identity()));
    }

    private static @Nullable JsonNode conform(JsonNode value, FieldDescriptor field) {
        if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                conform(element, field);
            }
            return null;
        }
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                if (value instanceof ObjectNode object) {
                    conform(object, field.getMessageType());
                }
                yield null;
            }
            case ENUM -> {
                if (value instanceof StringNode name) {
                    throw new IllegalArgumentException(
                            field.getJsonName() + " must be a number, not \"" + name.stringValue() + "\"");
                }
                yield null;
            }
            case BYTE_STRING -> {
                boolean hex = HEX_FIELDS.contains(field.getJsonName());
                yield hex && value instanceof StringNode text ? base64(text.stringValue()) : null;
            }
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING -> null;
        };
    }

    private static StringNode base64(String hex) {
        return StringNode.valueOf(
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)));
    }
}
