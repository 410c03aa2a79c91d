package io.tocsin.rulesengine.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/** Attribute values as label values: text as it is, lists and maps as JSON, bytes in base64, as the OTel Collector writes them. */
public final class AttributeText {

    private AttributeText() {}

    /** The label value; empty for a value that is not set. */
    public static String of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case VALUE_NOT_SET, STRING_VALUE_STRINDEX -> "";
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, ARRAY_VALUE, KVLIST_VALUE -> {
                StringBuilder json = new StringBuilder();
                write(json, value);
                yield json.toString();
            }
        };
    }

    private static void write(StringBuilder json, AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> quote(json, value.getStringValue());
            case BOOL_VALUE -> json.append(value.getBoolValue());
            case INT_VALUE -> json.append(value.getIntValue());
            case DOUBLE_VALUE -> json.append(number(value.getDoubleValue()));
            case BYTES_VALUE -> quote(json, of(value));
            case ARRAY_VALUE -> array(json, value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> object(json, value.getKvlistValue().getValuesList());
            case VALUE_NOT_SET, STRING_VALUE_STRINDEX -> json.append("null");
        }
    }

    private static void array(StringBuilder json, List<AnyValue> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ",");
            write(json, values.get(i));
        }
        json.append(']');
    }

    private static void object(StringBuilder json, List<KeyValue> entries) {
        List<KeyValue> sorted = entries.stream()
                .sorted((a, b) -> a.getKey().compareTo(b.getKey()))
                .toList();
        json.append('{');
        for (int i = 0; i < sorted.size(); i++) {
            quote(json.append(i == 0 ? "" : ","), sorted.get(i).getKey());
            write(json.append(':'), sorted.get(i).getValue());
        }
        json.append('}');
    }

    /** ECMAScript's number form: plain digits between 1e-6 and 1e21, an exponent beyond. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        double size = Math.abs(value);
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        }
        if (size >= 1e-6 && size < 1e21) {
            return digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        return (value < 0 ? "-" : "")
                + unscaled.charAt(0)
                + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
                + (exponent < 0 ? "e" : "e+")
                + exponent;
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
