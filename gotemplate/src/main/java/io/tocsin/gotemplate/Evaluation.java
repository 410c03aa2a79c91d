package io.tocsin.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates pipelines, commands, fields and variables in a frame. */
final class Evaluation {
    private final Frame frame;
    private final Calls calls;

    Evaluation(Frame frame) {
        this.frame = frame;
        this.calls = new Calls(frame, this);
    }

    GoValue pipeline(GoValue dot, Node.Pipe pipe) throws TemplateException.Execution {
        frame.at(pipe);
        GoValue value = null;
        for (Node.Command command : pipe.commands()) {
            value = GoValue.unbox(command(dot, command, value));
        }
        GoValue result = value == null ? GoValue.Nil.UNTYPED : value;
        for (Node.Variable variable : pipe.declarations()) {
            if (pipe.assign()) {
                frame.assign(variable, result);
            } else {
                frame.declare(variable.names().getFirst(), result);
            }
        }
        return result;
    }

    private GoValue command(GoValue dot, Node.Command command, @Nullable GoValue last)
            throws TemplateException.Execution {
        frame.step();
        List<Node> arguments = command.arguments();
        Node first = arguments.getFirst();
        return switch (first) {
            case Node.Field field -> field(dot, field, arguments, last);
            case Node.Chain chain -> chain(dot, chain, arguments, last);
            case Node.Identifier identifier -> function(dot, identifier, command, arguments, last);
            case Node.Variable variable -> variable(dot, variable, arguments, last);
            case Node.Pipe pipe -> {
                refuseArguments(arguments, last);
                yield pipeline(dot, pipe);
            }
            default -> {
                frame.at(first);
                refuseArguments(arguments, last);
                yield constant(dot, first);
            }
        };
    }

    private void refuseArguments(List<Node> arguments, @Nullable GoValue last) throws TemplateException.Execution {
        if (arguments.size() > 1 || last != null) {
            throw frame.error("can't give argument to non-function " + arguments.getFirst());
        }
    }

    GoValue constant(GoValue dot, Node word) throws TemplateException.Execution {
        return switch (word) {
            case Node.BoolConstant b -> GoValue.of(b.value());
            case Node.Dot _ -> dot;
            case Node.NilConstant _ -> throw frame.error("nil is not a command");
            case Node.NumberConstant number -> number(number);
            case Node.StringConstant s -> GoValue.ofBytes(s.bytes());
            default -> throw frame.error("can't evaluate command " + GoQuote.quote(word.toString(), false));
        };
    }

    /** A number without a type of its own: its syntax decides between int, float64 and complex128. */
    private GoValue number(Node.NumberConstant constant) throws TemplateException.Execution {
        frame.at(constant);
        NumberLiteral value = constant.value();
        if (value.isComplex()) {
            return new GoValue.Complex(GoType.COMPLEX128, value.floatValue(), value.imaginary());
        }
        if (value.looksFloat()) {
            return GoValue.of(value.floatValue());
        }
        if (value.isInt()) {
            return GoValue.of(value.intValue());
        }
        throw frame.error(value.text() + " overflows int");
    }

    GoValue field(GoValue dot, Node.Field field, @Nullable List<Node> arguments, @Nullable GoValue last)
            throws TemplateException.Execution {
        frame.at(field);
        return fields(dot, dot, field, field.names(), arguments, last);
    }

    GoValue chain(GoValue dot, Node.Chain chain, @Nullable List<Node> arguments, @Nullable GoValue last)
            throws TemplateException.Execution {
        frame.at(chain);
        if (chain.term() instanceof Node.NilConstant) {
            throw frame.error("indirection through explicit nil in " + chain);
        }
        GoValue receiver = calls.argument(dot, null, chain.term());
        return fields(dot, receiver, chain, chain.names(), arguments, last);
    }

    GoValue variable(GoValue dot, Node.Variable variable, @Nullable List<Node> arguments, @Nullable GoValue last)
            throws TemplateException.Execution {
        frame.at(variable);
        GoValue value = frame.read(variable.names().getFirst());
        if (variable.names().size() == 1) {
            refuseArguments(arguments == null ? List.of(variable) : arguments, last);
            return value;
        }
        List<String> names = variable.names().subList(1, variable.names().size());
        return fields(dot, value, variable, names, arguments, last);
    }

    private GoValue fields(
            GoValue dot,
            GoValue receiver,
            Node at,
            List<String> names,
            @Nullable List<Node> arguments,
            @Nullable GoValue last)
            throws TemplateException.Execution {
        GoValue value = receiver;
        for (String name : names.subList(0, names.size() - 1)) {
            value = select(dot, name, at, null, null, value);
        }
        return select(dot, names.getLast(), at, arguments, last, value);
    }

    /** A field, a method or a map entry. */
    private GoValue select(
            GoValue dot, String name, Node at, @Nullable List<Node> arguments, @Nullable GoValue last, GoValue receiver)
            throws TemplateException.Execution {
        if (receiver.kind() == Kind.INVALID) {
            if (frame.execution().templates().missingKey() == MissingKey.ERROR) {
                throw frame.error("nil data; no entry for key " + GoQuote.quote(name, false));
            }
            return GoValue.Nil.UNTYPED;
        }
        GoValue target = GoValue.indirect(receiver);
        String type = receiver.type().name();
        if (target.kind() == Kind.INVALID) {
            throw frame.error("nil pointer evaluating " + type + "." + name);
        }
        GoFunction method = target.type().findMethod(Utf8.decode(name));
        if (method != null && !(target instanceof GoValue.Nil)) {
            return calls.invoke(dot, method.bind(target), false, at, name, arguments, last);
        }
        boolean hasArguments = (arguments != null && arguments.size() > 1) || last != null;
        return member(target, type, name, hasArguments);
    }

    private GoValue member(GoValue target, String type, String name, boolean hasArguments)
            throws TemplateException.Execution {
        if (target instanceof GoValue.Struct struct) {
            var getter = struct.type().fields().get(Utf8.decode(name));
            if (getter != null) {
                if (hasArguments) {
                    throw frame.error(name + " has arguments but cannot be invoked as function");
                }
                return getter.apply(struct);
            }
        }
        if (target.kind() == Kind.MAP
                && GoType.STRING.assignableTo(target.type().key())) {
            if (hasArguments) {
                throw frame.error(name + " is not a method but has arguments");
            }
            return entry(target, name);
        }
        if (target instanceof GoValue.Nil nil
                && nil.kind() == Kind.POINTER
                && (nil.type().elem().kind() != Kind.STRUCT
                        || nil.type().elem().fields().containsKey(Utf8.decode(name)))) {
            throw frame.error("nil pointer evaluating " + type + "." + name);
        }
        throw frame.error("can't evaluate field " + name + " in type " + type);
    }

    private GoValue entry(GoValue map, String name) throws TemplateException.Execution {
        GoValue found = map instanceof GoValue.Dict dict ? dict.get(GoValue.ofBytes(name)) : null;
        if (found != null) {
            return found;
        }
        return switch (frame.execution().templates().missingKey()) {
            case INVALID -> GoValue.Nil.UNTYPED;
            case ZERO -> GoValue.zero(map.type().elem());
            case ERROR -> throw frame.error("map has no entry for key " + GoQuote.quote(name, false));
        };
    }

    GoValue function(
            GoValue dot, Node.Identifier identifier, Node at, @Nullable List<Node> arguments, @Nullable GoValue last)
            throws TemplateException.Execution {
        frame.at(identifier);
        String name = identifier.name();
        GoFunction own = frame.execution().templates().function(Utf8.decode(name));
        if (own != null) {
            return calls.invoke(dot, own, false, at, name, arguments, last);
        }
        GoFunction builtin = frame.execution().builtin(name);
        if (builtin == null) {
            throw frame.error(GoQuote.quote(name, false) + " is not a defined function");
        }
        return calls.invoke(dot, builtin, true, at, name, arguments, last);
    }
}
