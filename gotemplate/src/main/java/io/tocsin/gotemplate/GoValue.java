package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Go value with its Go type. Immutable. */
public sealed interface GoValue {

    GoType type();

    default Kind kind() {
        return type().kind();
    }

    /** Nil, untyped or of a type that can be nil. */
    record Nil(GoType type) implements GoValue {
        /** The untyped nil, which is also what a missing map entry yields. */
        public static final Nil UNTYPED = new Nil(GoType.INVALID);
    }

    record Bool(GoType type, boolean value) implements GoValue {}

    /** A signed or unsigned integer; unsigned ones keep their bits in the long. */
    record Int(GoType type, long value) implements GoValue {}

    record Real(GoType type, double value) implements GoValue {}

    record Complex(GoType type, double re, double im) implements GoValue {}

    /** A string: Go's are bytes, so each char of {@code bytes} is one byte (ISO 8859-1) of its UTF-8 form. */
    record Str(GoType type, String bytes) implements GoValue {
        /** The text; bytes that are not UTF-8 become U+FFFD. */
        public String text() {
            return Utf8.decode(bytes);
        }
    }

    record Slice(GoType type, List<GoValue> items) implements GoValue {
        public Slice {
            items = List.copyOf(items);
        }

        GoValue get(int i) {
            return slot(items.get(i), type.elem());
        }
    }

    /** A map, iterated in the order of its keys as templates and printing do. */
    record Dict(GoType type, SequencedMap<GoValue, GoValue> entries) implements GoValue {
        public Dict {
            TreeMap<GoValue, GoValue> sorted = new TreeMap<>(KeyOrder.INSTANCE);
            sorted.putAll(entries);
            entries = java.util.Collections.unmodifiableSequencedMap(sorted);
        }

        @Nullable
        GoValue get(GoValue key) {
            GoValue found = entries.get(key);
            return found == null ? null : slot(found, type.elem());
        }
    }

    /** A struct: its fields are read from the target by the type's getters. */
    record Struct(GoType type, Object target) implements GoValue {
        public <T> T as(Class<T> javaClass) {
            return javaClass.cast(target);
        }
    }

    record Pointer(GoType type, GoValue target) implements GoValue {}

    record Func(GoType type, GoFunction function) implements GoValue {}

    /** A value inside a variable of interface type: Go's errors name that static type. */
    record Boxed(GoType type, GoValue content) implements GoValue {}

    static GoValue of(boolean value) {
        return new Bool(GoType.BOOL, value);
    }

    static GoValue of(long value) {
        return new Int(GoType.INT, value);
    }

    static GoValue of(double value) {
        return new Real(GoType.FLOAT64, value);
    }

    static GoValue of(String text) {
        return new Str(GoType.STRING, Utf8.encode(text));
    }

    /** A string given as bytes, one char (0 to 255) each. */
    static GoValue ofBytes(String bytes) {
        return new Str(GoType.STRING, bytes);
    }

    static GoValue of(GoFunction function) {
        return new Func(GoType.FUNC, function);
    }

    static GoValue ofStrings(List<String> texts) {
        return new Slice(GoType.STRINGS, texts.stream().map(GoValue::of).toList());
    }

    /** A {@code map[string]string}. */
    static GoValue ofStringMap(Map<String, String> texts) {
        return ofStringMap(GoType.STRING_MAP, texts);
    }

    static GoValue ofStringMap(GoType type, Map<String, String> texts) {
        TreeMap<GoValue, GoValue> entries = new TreeMap<>(KeyOrder.INSTANCE);
        texts.forEach((k, v) -> entries.put(of(k), of(v)));
        return new Dict(type, entries);
    }

    /** A {@code map[string]interface {}}. */
    static GoValue ofMap(Map<String, GoValue> values) {
        TreeMap<GoValue, GoValue> entries = new TreeMap<>(KeyOrder.INSTANCE);
        values.forEach((k, v) -> entries.put(of(k), v));
        return new Dict(GoType.ANY_MAP, entries);
    }

    /** A {@code []interface {}}. */
    static GoValue ofList(List<GoValue> values) {
        return new Slice(GoType.ANY_SLICE, values);
    }

    /** The text as a Go string literal in double quotes. */
    static String quoted(String text) {
        return Utf8.decode(GoQuote.quote(Utf8.encode(text), false));
    }

    /** The value as Go prints it with {@code %v}. */
    default String printed() {
        return Utf8.decode(GoFormat.one(this, 'v'));
    }

    static GoValue pointerTo(GoValue target) {
        return new Pointer(GoType.pointerTo(target.type()), target);
    }

    /**
     * Plain Java data (null, Boolean, Long, Integer, Double, String, List, Map) as Go would hold decoded JSON.
     *
     * @throws IllegalArgumentException for any other class
     */
    static GoValue ofJava(@Nullable Object data) {
        return switch (data) {
            case null -> Nil.UNTYPED;
            case GoValue value -> value;
            case Boolean b -> of(b.booleanValue());
            case Long n -> of(n.longValue());
            case Integer n -> of(n.longValue());
            case Double d -> of(d.doubleValue());
            case String s -> of(s);
            case List<?> list -> {
                List<GoValue> items = new ArrayList<>();
                list.forEach(item -> items.add(ofJava(item)));
                yield ofList(items);
            }
            case Map<?, ?> map -> {
                TreeMap<String, GoValue> values = new TreeMap<>();
                map.forEach((k, v) -> values.put(String.valueOf(k), ofJava(v)));
                yield ofMap(values);
            }
            default -> throw new IllegalArgumentException("no Go value for " + data.getClass());
        };
    }

    /** The value as it lies in a field, element or entry of the given static type. */
    static GoValue slot(GoValue value, GoType staticType) {
        return staticType.kind() == Kind.INTERFACE && !(value instanceof Boxed) ? new Boxed(staticType, value) : value;
    }

    /** The value without the interface variable that holds it. */
    static GoValue unbox(GoValue value) {
        return value instanceof Boxed boxed ? unbox(boxed.content()) : value;
    }

    /** What is left after all pointers and interfaces; nil when one of them is nil. */
    static GoValue indirect(GoValue value) {
        return switch (value) {
            case Boxed boxed -> indirect(boxed.content());
            case Pointer pointer -> indirect(pointer.target());
            case Nil nil -> nil;
            case Bool b -> b;
            case Int i -> i;
            case Real f -> f;
            case Complex c -> c;
            case Str s -> s;
            case Slice s -> s;
            case Dict d -> d;
            case Struct s -> s;
            case Func f -> f;
        };
    }

    /** The zero value of a type; nil where Tocsin's data has no such value. */
    static GoValue zero(GoType type) {
        return switch (type.kind()) {
            case BOOL -> new Bool(type, false);
            case INT, UINT -> new Int(type, 0);
            case FLOAT -> new Real(type, 0);
            case COMPLEX -> new Complex(type, 0, 0);
            case STRING -> new Str(type, "");
            case SLICE, MAP, POINTER, FUNC -> new Nil(type);
            case INTERFACE -> new Boxed(type, Nil.UNTYPED);
            case STRUCT, INVALID -> Nil.UNTYPED;
        };
    }

    /** Go's truth: not the zero value of the type; structs are always true. */
    static boolean truth(GoValue value) {
        return switch (value) {
            case Boxed boxed -> truth(boxed.content());
            case Nil _ -> false;
            case Bool b -> b.value();
            case Int i -> i.value() != 0;
            case Real f -> f.value() != 0;
            case Complex c -> c.re() != 0 || c.im() != 0;
            case Str s -> !s.bytes().isEmpty();
            case Slice s -> !s.items().isEmpty();
            case Dict d -> !d.entries().isEmpty();
            case Struct _, Pointer _, Func _ -> true;
        };
    }
}
