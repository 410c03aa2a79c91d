package io.tocsin.gotemplate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Go type: its name as Go prints it, its kind, and its fields and methods. Types are compared by name.
 *
 * <p>There is no reflection: whoever offers data to templates says which fields and methods it has.
 */
public final class GoType {
    static final GoType INVALID = new GoType("<nil>", Kind.INVALID, 0, null, null);
    /** The parameter type of built-in functions, which take any value, {@code nil} included. */
    static final GoType REFLECT = new GoType("reflect.Value", Kind.INTERFACE, 0, null, null);

    public static final GoType BOOL = new GoType("bool", Kind.BOOL, 0, null, null);
    public static final GoType INT = new GoType("int", Kind.INT, 64, null, null);
    public static final GoType INT32 = new GoType("int32", Kind.INT, 32, null, null);
    public static final GoType INT64 = new GoType("int64", Kind.INT, 64, null, null);
    public static final GoType UINT = new GoType("uint", Kind.UINT, 64, null, null);
    public static final GoType UINT8 = new GoType("uint8", Kind.UINT, 8, null, null);
    public static final GoType UINT64 = new GoType("uint64", Kind.UINT, 64, null, null);
    public static final GoType FLOAT32 = new GoType("float32", Kind.FLOAT, 32, null, null);
    public static final GoType FLOAT64 = new GoType("float64", Kind.FLOAT, 64, null, null);
    public static final GoType COMPLEX128 = new GoType("complex128", Kind.COMPLEX, 128, null, null);
    public static final GoType STRING = new GoType("string", Kind.STRING, 0, null, null);
    public static final GoType ANY = new GoType("interface {}", Kind.INTERFACE, 0, null, null);
    public static final GoType STRINGS = sliceOf(STRING);
    public static final GoType STRING_MAP = mapOf(STRING, STRING);
    public static final GoType ANY_SLICE = sliceOf(ANY);
    public static final GoType ANY_MAP = mapOf(STRING, ANY);
    public static final GoType FUNC = new GoType("func()", Kind.FUNC, 0, null, null);

    private final String name;
    private final Kind kind;
    private final int bits;
    private final @Nullable GoType key;
    private final @Nullable GoType elem;
    private final Map<String, Function<GoValue, GoValue>> fields = new LinkedHashMap<>();
    private final Map<String, GoFunction> methods = new LinkedHashMap<>();
    private @Nullable Function<GoValue, String> stringer;

    private GoType(String name, Kind kind, int bits, @Nullable GoType key, @Nullable GoType elem) {
        this.name = name;
        this.kind = kind;
        this.bits = bits;
        this.key = key;
        this.elem = elem;
    }

    public static GoType sliceOf(GoType elem) {
        return new GoType("[]" + elem.name, Kind.SLICE, 0, null, elem);
    }

    public static GoType mapOf(GoType key, GoType elem) {
        return new GoType("map[" + key.name + "]" + elem.name, Kind.MAP, 0, key, elem);
    }

    public static GoType pointerTo(GoType elem) {
        return new GoType("*" + elem.name, Kind.POINTER, 0, null, elem);
    }

    /** A named type over another one, for example {@code template.KV} over {@code map[string]string}. */
    public static GoType named(String name, GoType underlying) {
        return new GoType(name, underlying.kind, underlying.bits, underlying.key, underlying.elem);
    }

    /** A struct type; add its fields in the order in which Go declares them. */
    public static GoType struct(String name) {
        return new GoType(name, Kind.STRUCT, 0, null, null);
    }

    /** Adds a field of a struct; the getter receives the {@link GoValue.Struct}. */
    public GoType field(String fieldName, Function<GoValue, GoValue> getter) {
        fields.put(fieldName, getter);
        return this;
    }

    /** Adds a method; its function receives the receiver as first argument, which is not in the parameter list. */
    public GoType method(String methodName, GoFunction function) {
        methods.put(methodName, function);
        return this;
    }

    /** Says how values of this type print, as Go's {@code fmt.Stringer} does. */
    public GoType printedBy(Function<GoValue, String> text) {
        stringer = text;
        return this;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    int bits() {
        return bits;
    }

    GoType key() {
        return key == null ? INVALID : key;
    }

    public GoType elem() {
        return elem == null ? INVALID : elem;
    }

    /**
     * The field of a struct of this type.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public GoValue read(String fieldName, GoValue struct) {
        Function<GoValue, GoValue> getter = fields.get(fieldName);
        if (getter == null) {
            throw new IllegalArgumentException(name + " has no field " + fieldName);
        }
        return getter.apply(struct);
    }

    Map<String, Function<GoValue, GoValue>> fields() {
        return fields;
    }

    /** The method of this type or, for a pointer, of what it points to. */
    @Nullable
    GoFunction findMethod(String methodName) {
        GoFunction own = methods.get(methodName);
        return own == null && kind == Kind.POINTER ? elem().findMethod(methodName) : own;
    }

    @Nullable
    Function<GoValue, String> stringer() {
        return stringer;
    }

    /** Go's assignability between the types that occur here. */
    boolean assignableTo(GoType target) {
        return target.kind == Kind.INTERFACE || name.equals(target.name) || sameUnderlying(target);
    }

    private boolean sameUnderlying(GoType target) {
        boolean composite = kind == Kind.SLICE || kind == Kind.MAP;
        boolean oneUnnamed = name.startsWith("[")
                || name.startsWith("map[")
                || target.name.startsWith("[")
                || target.name.startsWith("map[");
        return composite
                && kind == target.kind
                && oneUnnamed
                && key().equals(target.key())
                && elem().equals(target.elem());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GoType that && name.equals(that.name) && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
