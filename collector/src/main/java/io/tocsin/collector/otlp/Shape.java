package io.tocsin.collector.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a message looks like on the wire, by field number: from its descriptor, in arrays that are read without a look-up. */
final class Shape {

    /** How a field is encoded. */
    enum Kind {
        VARINT,
        FIXED64,
        FIXED32,
        STRING,
        BYTES,
        MESSAGE,
        PACKED_VARINT,
        PACKED_FIXED64
    }

    /** What is asked of a message beside its form. */
    enum Role {
        PLAIN,
        METRIC,
        POINT,
        SPAN
    }

    private static final Set<Descriptor> POINTS = Set.of(
            NumberDataPoint.getDescriptor(),
            HistogramDataPoint.getDescriptor(),
            ExponentialHistogramDataPoint.getDescriptor(),
            SummaryDataPoint.getDescriptor());

    private final @Nullable Kind[] kinds;
    private final @Nullable Shape[] messages;
    private final Role role;
    private final int attributes;
    private final int time;

    private Shape(Descriptor type) {
        int most = type.getFields().stream()
                .mapToInt(FieldDescriptor::getNumber)
                .max()
                .orElse(0);
        kinds = new Kind[most + 1];
        messages = new Shape[most + 1];
        role = role(type);
        attributes = number(type, "attributes");
        time = number(type, "time_unix_nano");
    }

    private static Role role(Descriptor type) {
        if (POINTS.contains(type)) {
            return Role.POINT;
        }
        if (type.equals(Metric.getDescriptor())) {
            return Role.METRIC;
        }
        return type.equals(Span.getDescriptor()) ? Role.SPAN : Role.PLAIN;
    }

    private static int number(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        return field == null ? 0 : field.getNumber();
    }

    /** The shape of a message and of all that it may hold. */
    static Shape of(Descriptor type) {
        return of(type, new HashMap<>());
    }

    private static Shape of(Descriptor type, Map<Descriptor, Shape> known) {
        Shape shape = known.get(type);
        if (shape != null) {
            return shape;
        }
        shape = new Shape(type);
        known.put(type, shape);
        for (FieldDescriptor field : type.getFields()) {
            shape.kinds[field.getNumber()] = kind(field);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                shape.messages[field.getNumber()] = of(field.getMessageType(), known);
            }
        }
        return shape;
    }

    private static Kind kind(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> Kind.MESSAGE;
            case STRING -> Kind.STRING;
            case BYTES -> Kind.BYTES;
            case DOUBLE, FIXED64, SFIXED64 -> field.isPacked() ? Kind.PACKED_FIXED64 : Kind.FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> Kind.FIXED32;
            case INT32, INT64, UINT32, UINT64, SINT32, SINT64, BOOL, ENUM ->
                field.isPacked() ? Kind.PACKED_VARINT : Kind.VARINT;
        };
    }

    /** How a field is encoded; null for one that is not known. */
    @Nullable
    Kind kind(int field) {
        return field < kinds.length ? kinds[field] : null;
    }

    /** The shape of a field that is a message. */
    Shape message(int field) {
        Shape shape = messages[field];
        if (shape == null) {
            throw new IllegalArgumentException("field " + field + " is no message");
        }
        return shape;
    }

    Role role() {
        return role;
    }

    /** The field of a point's attributes. */
    int attributes() {
        return attributes;
    }

    /** The field of a point's time. */
    int time() {
        return time;
    }
}
