package io.tocsin.gotemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The data and functions that the reference program has too. Data is a tree of maps {t: type, v: value}. */
final class Fixture {
    static final GoType LEVEL =
            GoType.named("main.Level", GoType.INT).printedBy(v -> "level-" + ((GoValue.Int) v).value());
    static final GoType KV = GoType.named("main.KV", GoType.STRING_MAP)
            .method(
                    "Keys",
                    GoFunction.of(a -> GoValue.ofStrings(((GoValue.Dict) a.getFirst())
                            .entries().keySet().stream()
                                    .map(k -> ((GoValue.Str) k).text())
                                    .toList())));
    static final GoType ITEM = GoType.struct("main.Item");
    static final GoType ITEM_POINTER = GoType.pointerTo(ITEM);

    static {
        LEVEL.method("String", GoFunction.of(a -> GoValue.of("level-" + ((GoValue.Int) a.getFirst()).value())));
        ITEM.field("Name", v -> item(v).getOrDefault("Name", GoValue.of("")))
                .field("Count", v -> item(v).getOrDefault("Count", GoValue.of(0)))
                .field("Ratio", v -> item(v).getOrDefault("Ratio", GoValue.of(0.0)))
                .field("Tags", v -> item(v).getOrDefault("Tags", new GoValue.Nil(GoType.STRINGS)))
                .field("Any", v -> GoValue.slot(item(v).getOrDefault("Any", GoValue.Nil.UNTYPED), GoType.ANY))
                .field("Next", v -> item(v).getOrDefault("Next", new GoValue.Nil(ITEM_POINTER)))
                .method(
                        "Hello",
                        GoFunction.of(
                                a -> GoValue.of("hello " + text(a.get(1)) + " from "
                                        + text(item(a.get(0)).getOrDefault("Name", GoValue.of("")))),
                                GoType.STRING))
                .method(
                        "Double",
                        GoFunction.of(a ->
                                GoValue.of(2 * number(item(a.getFirst()).getOrDefault("Count", GoValue.of(0))))))
                .method("Fail", GoFunction.of(a -> {
                    throw new FunctionException("item failed");
                }))
                .method("Last", GoFunction.of(a -> last(a.getFirst())));
    }

    private Fixture() {}

    @SuppressWarnings("unchecked")
    private static Map<String, GoValue> item(GoValue value) {
        return ((GoValue.Struct) GoValue.indirect(value)).as(Map.class);
    }

    private static GoValue last(GoValue item) {
        GoValue next = item(item).get("Next");
        return next == null ? GoValue.pointerTo(GoValue.indirect(item)) : last(GoValue.indirect(next));
    }

    static String text(GoValue value) {
        return ((GoValue.Str) value).text();
    }

    static long number(GoValue value) {
        return ((GoValue.Int) value).value();
    }

    static Map<String, GoFunction> functions() {
        return Map.ofEntries(
                Map.entry(
                        "upper",
                        GoFunction.of(a -> GoValue.of(text(a.getFirst()).toUpperCase(Locale.ROOT)), GoType.STRING)),
                Map.entry(
                        "add",
                        GoFunction.of(a -> GoValue.of(number(a.get(0)) + number(a.get(1))), GoType.INT, GoType.INT)),
                Map.entry(
                        "half",
                        GoFunction.of(a -> GoValue.of(((GoValue.Real) a.getFirst()).value() / 2), GoType.FLOAT64)),
                Map.entry(
                        "invert", GoFunction.of(a -> GoValue.of(!((GoValue.Bool) a.getFirst()).value()), GoType.BOOL)),
                Map.entry("byte", GoFunction.of(List::getFirst, GoType.UINT8)),
                Map.entry("join", GoFunction.of(Fixture::join, GoType.STRINGS, GoType.STRING)),
                Map.entry(
                        "fail",
                        GoFunction.of(
                                a -> {
                                    throw new FunctionException("failed: " + text(a.getFirst()));
                                },
                                GoType.STRING)),
                Map.entry("id", GoFunction.of(List::getFirst, GoType.ANY)),
                Map.entry("count", GoFunction.variadic(a -> GoValue.of(a.size()), GoType.ANY)),
                Map.entry(
                        "sum",
                        GoFunction.variadic(
                                a -> GoValue.of(
                                        a.stream().mapToLong(Fixture::number).sum()),
                                GoType.INT,
                                GoType.INT)),
                Map.entry("name", GoFunction.of(Fixture::name, ITEM_POINTER)),
                Map.entry("answer", GoFunction.of(a -> GoValue.of(42))),
                Map.entry("none", GoFunction.of(a -> GoValue.Nil.UNTYPED)),
                Map.entry("level", GoFunction.of(a -> new GoValue.Int(LEVEL, number(a.getFirst())), GoType.INT)));
    }

    private static GoValue join(List<GoValue> arguments) {
        List<String> parts = new ArrayList<>();
        if (arguments.getFirst() instanceof GoValue.Slice slice) {
            slice.items().forEach(part -> parts.add(text(part)));
        }
        return GoValue.of(String.join(text(arguments.get(1)), parts));
    }

    private static GoValue name(List<GoValue> arguments) throws FunctionException {
        if (arguments.getFirst() instanceof GoValue.Nil) {
            throw new FunctionException("runtime error: invalid memory address or nil pointer dereference");
        }
        return item(arguments.getFirst()).getOrDefault("Name", GoValue.of(""));
    }

    // --- typed data ---

    static Map<String, Object> typed(String type, Object value) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("t", type);
        node.put("v", value);
        return node;
    }

    static Map<String, Object> string(String text) {
        return typed("string", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Map<String, Object> number(String type, long value) {
        return typed(type, String.valueOf(value));
    }

    static Map<String, Object> real(double value) {
        return typed("float64", GoFloat.format(value, 'g', -1, 64));
    }

    @SuppressWarnings("unchecked")
    static GoValue decode(Map<String, Object> node) {
        Object v = node.get("v");
        return switch ((String) node.get("t")) {
            case "nil" -> GoValue.Nil.UNTYPED;
            case "bool" -> GoValue.of((Boolean) v);
            case "int" -> GoValue.of(Long.parseLong((String) v));
            case "int64" -> new GoValue.Int(GoType.INT64, Long.parseLong((String) v));
            case "uint" -> new GoValue.Int(GoType.UINT, Long.parseUnsignedLong((String) v));
            case "uint8" -> new GoValue.Int(GoType.UINT8, Long.parseLong((String) v));
            case "level" -> new GoValue.Int(LEVEL, Long.parseLong((String) v));
            case "duration" -> GoTime.ofNanos(Long.parseLong((String) v));
            case "time" ->
                GoTime.of(Instant.ofEpochSecond(
                        Math.floorDiv(Long.parseLong((String) v), 1_000_000_000L),
                        Math.floorMod(Long.parseLong((String) v), 1_000_000_000L)));
            case "float64" -> GoValue.of(parseReal((String) v));
            case "float32" -> new GoValue.Real(GoType.FLOAT32, Float.parseFloat((String) v));
            case "string" ->
                GoValue.ofBytes(new String(Base64.getDecoder().decode((String) v), StandardCharsets.ISO_8859_1));
            case "[]any" ->
                GoValue.ofList(((List<Map<String, Object>>) v)
                        .stream().map(Fixture::decode).toList());
            case "[]string" -> GoValue.ofStrings((List<String>) v);
            case "[]int" ->
                new GoValue.Slice(
                        GoType.sliceOf(GoType.INT),
                        ((List<Integer>) v).stream().map(n -> GoValue.of(n)).toList());
            case "map[string]any" -> {
                Map<String, GoValue> values = new TreeMap<>();
                ((Map<String, Map<String, Object>>) v).forEach((k, x) -> values.put(k, decode(x)));
                yield GoValue.ofMap(values);
            }
            case "map[string]string" -> GoValue.ofStringMap((Map<String, String>) v);
            case "map[string]int" -> ints(GoType.mapOf(GoType.STRING, GoType.INT), (Map<String, Integer>) v);
            case "map[int]string" -> {
                TreeMap<GoValue, GoValue> entries = new TreeMap<>(KeyOrder.INSTANCE);
                ((Map<String, String>) v).forEach((k, x) -> entries.put(GoValue.of(Long.parseLong(k)), GoValue.of(x)));
                yield new GoValue.Dict(GoType.mapOf(GoType.INT, GoType.STRING), entries);
            }
            case "KV" -> GoValue.ofStringMap(KV, (Map<String, String>) v);
            case "nilmap" -> new GoValue.Nil(GoType.STRING_MAP);
            case "nilslice" -> new GoValue.Nil(GoType.STRINGS);
            case "nilitem" -> new GoValue.Nil(ITEM_POINTER);
            case "item" -> struct((Map<String, Map<String, Object>>) v);
            case "*item" -> new GoValue.Pointer(ITEM_POINTER, struct((Map<String, Map<String, Object>>) v));
            case "func" ->
                new GoValue.Func(
                        GoType.named("func(int, int) int", GoType.FUNC),
                        GoFunction.of(a -> GoValue.of(number(a.get(0)) * number(a.get(1))), GoType.INT, GoType.INT));
            default -> throw new IllegalArgumentException("no type " + node);
        };
    }

    private static double parseReal(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static GoValue ints(GoType type, Map<String, Integer> values) {
        TreeMap<GoValue, GoValue> entries = new TreeMap<>(KeyOrder.INSTANCE);
        values.forEach((k, x) -> entries.put(GoValue.of(k), GoValue.of(x)));
        return new GoValue.Dict(type, entries);
    }

    private static GoValue struct(Map<String, Map<String, Object>> fields) {
        Map<String, GoValue> values = new LinkedHashMap<>();
        fields.forEach((k, x) -> values.put(k, decode(x)));
        return new GoValue.Struct(ITEM, values);
    }

    /** The data that the corpus and the generated templates work on. */
    static Map<String, Object> data() {
        Map<String, Object> tail = new LinkedHashMap<>();
        tail.put("Name", string("tail"));
        tail.put("Count", number("int", 2));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("Name", string("first"));
        item.put("Count", number("int", 7));
        item.put("Ratio", real(0.25));
        item.put("Tags", typed("[]string", List.of("x", "y<z")));
        item.put("Any", number("int", 5));
        item.put("Next", typed("*item", tail));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("s", string("text"));
        map.put("empty", string(""));
        map.put("html", string("<a href=\"x\">Tom & 'Jerry'</a>"));
        map.put("uni", string("héllo wörld 日本 \u2028 \u0007"));
        map.put("n", number("int", 42));
        map.put("zero", number("int", 0));
        map.put("neg", number("int", -17));
        map.put("u", number("uint", 9));
        map.put("u8", number("uint8", 200));
        map.put("i64", number("int64", 1L << 40));
        map.put("f", real(3.14159));
        map.put("big", real(1.5e21));
        map.put("million", real(1234567.0));
        map.put("small", real(1e-7));
        map.put("inf", real(Double.POSITIVE_INFINITY));
        map.put("nan", typed("float64", "NaN"));
        map.put("f32", typed("float32", "0.1"));
        map.put("yes", typed("bool", true));
        map.put("no", typed("bool", false));
        map.put("nil", typed("nil", null));
        map.put("list", typed("[]any", List.of(number("int", 1), string("two"), real(3.5), typed("nil", null))));
        map.put("strings", typed("[]string", List.of("a", "b", "c")));
        map.put("ints", typed("[]int", List.of(3, 1, 2)));
        map.put("none", typed("[]string", List.of()));
        map.put("labels", typed("map[string]string", Map.of("job", "api", "instance", "h:1")));
        map.put("counts", typed("map[string]int", Map.of("b", 2, "a", 1)));
        map.put("byNumber", typed("map[int]string", Map.of("10", "ten", "2", "two")));
        map.put("kv", typed("KV", Map.of("z", "26", "a", "1")));
        map.put("nilmap", typed("nilmap", null));
        map.put("nilslice", typed("nilslice", null));
        map.put("nilitem", typed("nilitem", null));
        map.put("item", typed("item", item));
        map.put("pointer", typed("*item", item));
        map.put("func", typed("func", null));
        map.put("level", number("level", 3));
        map.put("duration", number("duration", 5_430_250_000_000L));
        map.put("time", number("time", 1_700_000_000_123_000_000L));
        map.put("nested", typed("map[string]any", Map.of("x", typed("map[string]any", Map.of("y", string("deep"))))));
        return typed("map[string]any", map);
    }
}
