package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls functions and methods: evaluates their arguments for the types of the parameters. */
final class Calls {
    private final Frame frame;
    private final Evaluation evaluation;

    Calls(Frame frame, Evaluation evaluation) {
        this.frame = frame;
        this.evaluation = evaluation;
    }

    /** @param words the command's words, of which the first is the function; null for a bare name */
    GoValue invoke(
            GoValue dot,
            GoFunction function,
            boolean builtin,
            Node at,
            String name,
            @Nullable List<Node> words,
            @Nullable GoValue last)
            throws TemplateException.Execution {
        List<Node> given = words == null ? List.of() : words.subList(1, words.size());
        int count = given.size() + (last == null ? 0 : 1);
        if (function.variadic() && count < function.fixed()) {
            throw frame.error("wrong number of args for " + name + ": want at least " + function.fixed() + " got "
                    + given.size());
        }
        if (!function.variadic() && count != function.fixed()) {
            throw frame.error("wrong number of args for " + name + ": want " + function.fixed() + " got " + count);
        }
        if (builtin && (name.equals("and") || name.equals("or"))) {
            return shortCircuit(dot, name.equals("or"), given, last);
        }
        List<GoValue> arguments = new ArrayList<>(count);
        for (int i = 0; i < given.size(); i++) {
            arguments.add(argument(dot, function.parameter(i), given.get(i)));
        }
        if (last != null) {
            arguments.add(fit(last, function.parameter(given.size())));
        }
        return builtin && name.equals("call")
                ? callValue(at, given, arguments)
                : perform(function, arguments, at, name);
    }

    private GoValue shortCircuit(GoValue dot, boolean or, List<Node> given, @Nullable GoValue last)
            throws TemplateException.Execution {
        GoValue value = GoValue.Nil.UNTYPED;
        for (Node word : given) {
            value = argument(dot, GoType.REFLECT, word);
            if (GoValue.truth(value) == or) {
                return value;
            }
        }
        return last == null ? value : last;
    }

    private GoValue perform(GoFunction function, List<GoValue> arguments, Node at, String name)
            throws TemplateException.Execution {
        frame.step();
        try {
            GoValue result = function.body().call(arguments);
            if (result instanceof GoValue.Str s
                    && s.bytes().length() > frame.execution().limits().maxOutputBytes()) {
                throw new GoFormat.TooLongException(frame.execution().limits().maxOutputBytes());
            }
            boolean untyped = result.kind() == Kind.INVALID;
            // Only a function whose result is an interface can return the untyped nil.
            return untyped ? new GoValue.Boxed(GoType.ANY, result) : result;
        } catch (FunctionException | GoFormat.TooLongException e) {
            frame.at(at);
            throw frame.error("error calling " + name + ": " + Utf8.encode(String.valueOf(e.getMessage())), e);
        }
    }

    private GoValue callValue(Node at, List<Node> given, List<GoValue> arguments) throws TemplateException.Execution {
        GoValue callee = GoValue.unbox(arguments.getFirst());
        String name = !given.isEmpty()
                ? given.getFirst().toString()
                : callee instanceof GoValue.Str s ? s.bytes() : "<" + callee.type() + " Value>";
        GoFunction body = GoFunction.variadic(all -> callChecked(Utf8.decode(name), callee, all), GoType.REFLECT);
        return perform(body, arguments.subList(1, arguments.size()), at, "call");
    }

    private static GoValue callChecked(String name, GoValue callee, List<GoValue> arguments) throws FunctionException {
        if (callee.kind() == Kind.INVALID) {
            throw new FunctionException("call of nil");
        }
        if (!(callee instanceof GoValue.Func function)) {
            throw new FunctionException("non-function " + name + " of type " + callee.type());
        }
        GoFunction target = function.function();
        int count = arguments.size();
        if (target.variadic() ? count < target.fixed() : count != target.fixed()) {
            throw new FunctionException("wrong number of args for " + name + ": got " + count + " want "
                    + (target.variadic() ? "at least " : "") + target.fixed());
        }
        List<GoValue> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            try {
                prepared.add(Builtins.prepare(GoValue.unbox(arguments.get(i)), target.parameter(i)));
            } catch (FunctionException e) {
                throw new FunctionException("arg " + i + ": " + e.getMessage(), e);
            }
        }
        return target.body().call(prepared);
    }

    /** Evaluates an argument for a parameter; without a parameter any value will do. */
    GoValue argument(GoValue dot, @Nullable GoType type, Node word) throws TemplateException.Execution {
        frame.at(word);
        return switch (word) {
            case Node.Dot _ -> fit(dot, type);
            case Node.NilConstant _ -> nil(type);
            case Node.Field field -> fit(evaluation.field(dot, field, List.of(word), null), type);
            case Node.Variable variable -> fit(evaluation.variable(dot, variable, null, null), type);
            case Node.Pipe pipe -> fit(evaluation.pipeline(dot, pipe), type);
            case Node.Identifier identifier -> fit(evaluation.function(dot, identifier, identifier, null, null), type);
            case Node.Chain chain -> fit(evaluation.chain(dot, chain, null, null), type);
            default -> literal(dot, type == null ? GoType.ANY : type, word);
        };
    }

    private GoValue nil(@Nullable GoType type) throws TemplateException.Execution {
        if (type == null || type.kind() == Kind.INTERFACE) {
            return GoValue.Nil.UNTYPED;
        }
        if (type.kind().canBeNil()) {
            return new GoValue.Nil(type);
        }
        throw frame.error("cannot assign nil to " + type);
    }

    private GoValue literal(GoValue dot, GoType type, Node word) throws TemplateException.Execution {
        return switch (type.kind()) {
            case INTERFACE -> evaluation.constant(dot, word);
            case BOOL -> {
                if (word instanceof Node.BoolConstant b) {
                    yield new GoValue.Bool(type, b.value());
                }
                throw frame.error("expected bool; found " + word);
            }
            case STRING -> {
                if (word instanceof Node.StringConstant s) {
                    yield new GoValue.Str(type, s.bytes());
                }
                throw frame.error("expected string; found " + word);
            }
            case INT -> {
                if (word instanceof Node.NumberConstant n && n.value().isInt()) {
                    yield new GoValue.Int(type, type.wrap(n.value().intValue()));
                }
                throw frame.error("expected integer; found " + word);
            }
            case UINT -> {
                if (word instanceof Node.NumberConstant n && n.value().isUint()) {
                    yield new GoValue.Int(type, type.wrap(n.value().uintValue()));
                }
                throw frame.error("expected unsigned integer; found " + word);
            }
            case FLOAT -> {
                if (word instanceof Node.NumberConstant n && n.value().isFloat()) {
                    yield new GoValue.Real(type, n.value().floatValue());
                }
                throw frame.error("expected float; found " + word);
            }
            case COMPLEX -> {
                if (word instanceof Node.NumberConstant n && n.value().isComplex()) {
                    yield new GoValue.Complex(
                            type, n.value().floatValue(), n.value().imaginary());
                }
                throw frame.error("expected complex; found " + word);
            }
            case INVALID, SLICE, MAP, STRUCT, POINTER, FUNC ->
                throw frame.error("can't handle " + word + " for arg of type " + type);
        };
    }

    /** Checks that a value can be assigned to a parameter, with one dereference where that helps. */
    private GoValue fit(GoValue value, @Nullable GoType type) throws TemplateException.Execution {
        if (type == null) {
            return value;
        }
        if (type.kind() == Kind.INTERFACE) {
            return type.equals(GoType.REFLECT) ? value : GoValue.unbox(value);
        }
        if (value.kind() == Kind.INVALID) {
            if (type.kind().canBeNil()) {
                return new GoValue.Nil(type);
            }
            throw frame.error("invalid value; expected " + type);
        }
        GoValue content = value instanceof GoValue.Boxed && GoValue.unbox(value).kind() != Kind.INVALID
                ? GoValue.unbox(value)
                : value;
        if (!(content instanceof GoValue.Boxed) && content.type().assignableTo(type)) {
            return content;
        }
        if (content instanceof GoValue.Pointer pointer
                && pointer.target().type().assignableTo(type)) {
            return pointer.target();
        }
        throw frame.error("wrong type for value; expected " + type + "; got " + content.type());
    }
}
