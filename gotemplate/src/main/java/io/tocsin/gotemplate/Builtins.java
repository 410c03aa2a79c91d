package io.tocsin.gotemplate;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The functions that every template has. {@code and}, {@code or} and {@code call} are evaluated by the execution. */
final class Builtins {
    private static final GoType ANY = GoType.ANY;
    private static final GoType VALUE = GoType.REFLECT;

    private Builtins() {}

    static final java.util.Set<String> NAMES = java.util.Set.of(
            "and",
            "call",
            "html",
            "index",
            "slice",
            "js",
            "len",
            "not",
            "or",
            "print",
            "printf",
            "println",
            "urlquery",
            "eq",
            "ge",
            "gt",
            "le",
            "lt",
            "ne");

    /** The functions, with strings they make limited to a number of bytes. */
    static Map<String, GoFunction> functions(int limit) {
        return Map.ofEntries(
                Map.entry("and", specialForm()),
                Map.entry("or", specialForm()),
                Map.entry("call", GoFunction.variadic(arguments -> arguments.getFirst(), VALUE, VALUE)),
                Map.entry("not", GoFunction.of(a -> GoValue.of(!GoValue.truth(a.getFirst())), VALUE)),
                Map.entry("len", GoFunction.of(a -> GoValue.of(length(a.getFirst())), VALUE)),
                Map.entry("index", GoFunction.variadic(Builtins::index, VALUE, VALUE)),
                Map.entry("slice", GoFunction.variadic(Builtins::slice, VALUE, VALUE)),
                Map.entry("print", GoFunction.variadic(a -> text(GoFormat.print(limit, a)), ANY)),
                Map.entry("println", GoFunction.variadic(a -> text(GoFormat.println(limit, a)), ANY)),
                Map.entry("printf", GoFunction.variadic(a -> text(printf(limit, a)), GoType.STRING, ANY)),
                Map.entry("html", escaper(limit, Escapes::html)),
                Map.entry("js", escaper(limit, Escapes::js)),
                Map.entry("urlquery", escaper(limit, Escapes::urlQuery)),
                Map.entry("eq", GoFunction.variadic(a -> GoValue.of(Comparison.eq(a)), VALUE, VALUE)),
                Map.entry("ne", GoFunction.of(a -> GoValue.of(!Comparison.eq(a)), VALUE, VALUE)),
                Map.entry("lt", comparison(Comparison::lt)),
                Map.entry("le", comparison(Comparison::le)),
                Map.entry("gt", comparison((a, b) -> !Comparison.le(a, b))),
                Map.entry("ge", comparison((a, b) -> !Comparison.lt(a, b))));
    }

    @FunctionalInterface
    private interface Order {
        boolean test(GoValue a, GoValue b) throws FunctionException;
    }

    private static GoFunction specialForm() {
        return GoFunction.variadic(arguments -> arguments.getFirst(), VALUE, VALUE);
    }

    private static GoFunction comparison(Order order) {
        return GoFunction.of(
                a -> GoValue.of(order.test(GoValue.unbox(a.get(0)), GoValue.unbox(a.get(1)))), VALUE, VALUE);
    }

    private static GoFunction escaper(int limit, UnaryOperator<String> escape) {
        return GoFunction.variadic(a -> text(escape.apply(plain(limit, a))), ANY);
    }

    private static GoValue text(String bytes) {
        return GoValue.ofBytes(bytes);
    }

    private static String printf(int limit, List<GoValue> arguments) {
        String format = ((GoValue.Str) arguments.getFirst()).bytes();
        return GoFormat.printf(limit, format, arguments.subList(1, arguments.size()));
    }

    /** The text of arguments as an action would print it. */
    static String plain(int limit, List<GoValue> arguments) {
        return arguments.size() == 1 && GoValue.unbox(arguments.getFirst()) instanceof GoValue.Str single
                ? single.bytes()
                : GoFormat.print(
                        limit, arguments.stream().map(Builtins::printable).toList());
    }

    /** What printing shows of a value: what a pointer points to, and a word for no value. */
    static GoValue printable(GoValue value) {
        GoValue content = GoValue.unbox(value);
        GoValue shown = content instanceof GoValue.Pointer ? GoValue.indirect(content) : content;
        return shown.kind() == Kind.INVALID ? text("<no value>") : shown;
    }

    private static long length(GoValue value) throws FunctionException {
        return switch (GoValue.indirect(value)) {
            case GoValue.Str s -> s.bytes().length();
            case GoValue.Slice s -> s.items().size();
            case GoValue.Dict d -> d.entries().size();
            case GoValue.Nil nil when nil.kind() == Kind.SLICE || nil.kind() == Kind.MAP -> 0;
            case GoValue.Nil nil
            when nil.kind() == Kind.POINTER || value instanceof GoValue.Boxed ->
                throw new FunctionException("len of nil pointer");
            case GoValue.Nil _ -> throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
            default ->
                throw new FunctionException(
                        "len of type " + GoValue.indirect(value).type());
        };
    }

    private static GoValue index(List<GoValue> arguments) throws FunctionException {
        GoValue item = GoValue.unbox(arguments.getFirst());
        if (item.kind() == Kind.INVALID) {
            throw new FunctionException("index of untyped nil");
        }
        for (GoValue boxedIndex : arguments.subList(1, arguments.size())) {
            GoValue index = GoValue.unbox(boxedIndex);
            item = GoValue.indirect(item);
            item = switch (item) {
                case GoValue.Slice slice -> {
                    int at = position(index, slice.items().size());
                    if (at == slice.items().size()) {
                        throw new FunctionException("reflect: slice index out of range");
                    }
                    yield slice.get(at);
                }
                case GoValue.Str s -> {
                    int at = position(index, s.bytes().length());
                    if (at == s.bytes().length()) {
                        throw new FunctionException("reflect: string index out of range");
                    }
                    yield new GoValue.Int(GoType.UINT8, s.bytes().charAt(at));
                }
                case GoValue.Dict map -> entry(map, index);
                case GoValue.Nil nil
                when nil.kind() == Kind.SLICE -> {
                    position(index, 0);
                    throw new FunctionException("reflect: slice index out of range");
                }
                case GoValue.Nil nil
                when nil.kind() == Kind.MAP -> {
                    keyOf(nil.type(), index);
                    yield GoValue.zero(nil.type().elem());
                }
                case GoValue.Nil _ -> throw new FunctionException("index of nil pointer");
                default -> throw new FunctionException("can't index item of type " + item.type());
            };
        }
        return item;
    }

    private static GoValue entry(GoValue.Dict map, GoValue index) throws FunctionException {
        GoValue found = map.get(keyOf(map.type(), index));
        return found == null ? GoValue.zero(map.type().elem()) : found;
    }

    private static GoValue keyOf(GoType mapType, GoValue index) throws FunctionException {
        return prepare(index, mapType.key());
    }

    /** An argument made fit for a parameter or key of a type; integers convert into each other. */
    static GoValue prepare(GoValue value, GoType type) throws FunctionException {
        if (value.kind() == Kind.INVALID) {
            if (!type.kind().canBeNil()) {
                throw new FunctionException("value is nil; should be of type " + type);
            }
            return type.kind() == Kind.INTERFACE ? GoValue.Nil.UNTYPED : new GoValue.Nil(type);
        }
        if (value.type().assignableTo(type)) {
            return value;
        }
        if (value instanceof GoValue.Int i && type.kind().isInteger()) {
            return new GoValue.Int(type, type.wrap(i.value()));
        }
        throw new FunctionException("value has type " + value.type() + "; should be " + type);
    }

    private static int position(GoValue index, int size) throws FunctionException {
        if (index.kind() == Kind.INVALID) {
            throw new FunctionException("cannot index slice/array with nil");
        }
        if (!(index instanceof GoValue.Int i)) {
            throw new FunctionException("cannot index slice/array with type " + index.type());
        }
        if (i.value() < 0 || i.value() > size) {
            throw new FunctionException("index out of range: " + i.value());
        }
        return (int) i.value();
    }

    private static GoValue slice(List<GoValue> arguments) throws FunctionException {
        if (GoValue.unbox(arguments.getFirst()).kind() == Kind.INVALID) {
            throw new FunctionException("slice of untyped nil");
        }
        GoValue item = GoValue.indirect(arguments.getFirst());
        if (item instanceof GoValue.Nil nil && nil.kind() == Kind.POINTER) {
            throw new FunctionException("slice of nil pointer");
        }
        int count = arguments.size() - 1;
        if (count > 3) {
            throw new FunctionException("too many slice indexes: " + count);
        }
        if (item instanceof GoValue.Str && count == 3) {
            throw new FunctionException("cannot 3-index slice a string");
        }
        int size = switch (item) {
            case GoValue.Str s -> s.bytes().length();
            case GoValue.Slice s -> s.items().size();
            case GoValue.Nil nil when nil.kind() == Kind.SLICE -> 0;
            default -> throw new FunctionException("can't slice item of type " + item.type());
        };
        int[] bounds = {0, size, size};
        for (int i = 0; i < count; i++) {
            bounds[i] = position(arguments.get(i + 1), size); // Go does not look into interfaces here.
        }
        requireOrder(bounds[0], bounds[1]);
        if (count == 3) {
            requireOrder(bounds[1], bounds[2]);
        }
        return switch (item) {
            case GoValue.Str s -> new GoValue.Str(s.type(), s.bytes().substring(bounds[0], bounds[1]));
            case GoValue.Slice s -> new GoValue.Slice(s.type(), s.items().subList(bounds[0], bounds[1]));
            default -> item;
        };
    }

    private static void requireOrder(int from, int to) throws FunctionException {
        if (from > to) {
            throw new FunctionException("invalid slice index: " + from + " > " + to);
        }
    }
}
