package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a template over data: walks the nodes and writes the output, within limits. */
final class Execution {
    private final Templates templates;
    private final Limits limits;
    private final Map<String, GoFunction> builtins;
    private final StringBuilder out = new StringBuilder();
    private long steps;

    Execution(Templates templates, Limits limits) {
        this.templates = templates;
        this.limits = limits;
        this.builtins = Builtins.functions(limits.maxOutputBytes());
    }

    String run(Templates.Body body, GoValue data) throws TemplateException.Execution {
        new Frame(body, data, 0).walk(data, body.root());
        return out.toString();
    }

    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    private static final class Binding {
        final String name;
        GoValue value;

        Binding(String name, GoValue value) {
            this.name = name;
            this.value = value;
        }
    }

    /** The execution of one template body; a called template sees none of its caller's variables. */
    private final class Frame {
        private final Templates.Body body;
        private final int depth;
        private final List<Binding> variables = new ArrayList<>();
        private Node node;

        Frame(Templates.Body body, GoValue data, int depth) {
            this.body = body;
            this.depth = depth;
            this.node = body.root();
            variables.add(new Binding("$", data));
        }

        // --- errors and limits ---

        private TemplateException.Execution error(String message) {
            String before = body.text().substring(0, node.pos());
            int newline = before.lastIndexOf('\n');
            long line = 1 + before.chars().filter(c -> c == '\n').count();
            int column = newline < 0 ? node.pos() : node.pos() - newline - 1;
            String location = body.parseName() + ":" + line + ":" + column;
            String text = "template: " + location + ": executing " + GoQuote.quote(body.name(), false) + " at <" + node
                    + ">: " + message;
            return new TemplateException.Execution(Utf8.decode(text));
        }

        private TemplateException.Execution error(String message, Exception cause) {
            TemplateException.Execution error = error(message);
            error.initCause(cause);
            return error;
        }

        private void step() throws TemplateException.Execution {
            steps++;
            if (steps > limits.maxSteps()) {
                throw error("exceeded maximum of " + limits.maxSteps() + " steps");
            }
            if (steps % 256 == 0 && limits.expired().getAsBoolean()) {
                throw error("exceeded the time limit");
            }
        }

        private void write(String bytes) throws TemplateException.Execution {
            if (out.length() + bytes.length() > limits.maxOutputBytes()) {
                throw error("output exceeds " + limits.maxOutputBytes() + " bytes");
            }
            out.append(bytes);
        }

        // --- nodes ---

        private Flow walk(GoValue dot, Node at) throws TemplateException.Execution {
            node = at;
            step();
            return switch (at) {
                case Node.Text text -> {
                    write(text.bytes());
                    yield Flow.NEXT;
                }
                case Node.Action action -> {
                    GoValue value = pipeline(dot, action.pipe());
                    if (action.pipe().declarations().isEmpty()) {
                        print(action, value);
                    }
                    yield Flow.NEXT;
                }
                case Node.Block block -> {
                    for (Node child : block.nodes()) {
                        Flow flow = walk(dot, child);
                        if (flow != Flow.NEXT) {
                            yield flow;
                        }
                    }
                    yield Flow.NEXT;
                }
                case Node.If n -> branch(dot, n.pipe(), n.body(), n.otherwise(), false);
                case Node.With n -> branch(dot, n.pipe(), n.body(), n.otherwise(), true);
                case Node.Range range -> range(dot, range);
                case Node.Call call -> call(dot, call);
                case Node.Break _ -> Flow.BREAK;
                case Node.Continue _ -> Flow.CONTINUE;
                case Node.Pipe _,
                        Node.Command _,
                        Node.Identifier _,
                        Node.Variable _,
                        Node.Dot _,
                        Node.NilConstant _,
                        Node.Field _,
                        Node.Chain _,
                        Node.BoolConstant _,
                        Node.NumberConstant _,
                        Node.StringConstant _ -> throw error("unknown node: " + at);
            };
        }

        private Flow branch(
                GoValue dot, Node.Pipe pipe, Node.Block body, Node.@Nullable Block otherwise, boolean setsDot)
                throws TemplateException.Execution {
            int mark = variables.size();
            GoValue value = pipeline(dot, pipe);
            Flow flow = Flow.NEXT;
            if (GoValue.truth(value)) {
                flow = walk(setsDot ? value : dot, body);
            } else if (otherwise != null) {
                flow = walk(dot, otherwise);
            }
            pop(mark);
            return flow;
        }

        private void pop(int mark) {
            variables.subList(mark, variables.size()).clear();
        }

        private Flow call(GoValue dot, Node.Call call) throws TemplateException.Execution {
            Templates.Body target = templates.body(call.name());
            if (target == null) {
                throw error("template " + GoQuote.quote(call.name(), false) + " not defined");
            }
            if (depth == limits.maxDepth()) {
                throw error("exceeded maximum template depth (" + limits.maxDepth() + ")");
            }
            GoValue data = call.pipe() == null ? GoValue.Nil.UNTYPED : pipeline(dot, call.pipe());
            new Frame(target, data, depth + 1).walk(data, target.root());
            return Flow.NEXT;
        }

        private Flow range(GoValue dot, Node.Range range) throws TemplateException.Execution {
            int outer = variables.size();
            GoValue value = GoValue.indirect(pipeline(dot, range.pipe()));
            boolean any;
            Flow last = Flow.NEXT;
            int mark = variables.size();
            switch (value) {
                case GoValue.Int count -> {
                    if (range.pipe().declarations().size() > 1) {
                        throw error(
                                "can't use " + GoFormat.one(count, 'v') + " to iterate over more than one variable");
                    }
                    any = count.kind() == Kind.UINT ? count.value() != 0 : count.value() > 0;
                    for (long i = 0; last != Flow.BREAK && i != count.value() && any; i++) {
                        last = iterate(range, GoValue.Nil.UNTYPED, new GoValue.Int(count.type(), i), mark);
                    }
                }
                case GoValue.Slice slice -> {
                    any = !slice.items().isEmpty();
                    for (int i = 0; i < slice.items().size() && last != Flow.BREAK; i++) {
                        last = iterate(range, GoValue.of(i), slice.get(i), mark);
                    }
                }
                case GoValue.Dict map -> {
                    any = !map.entries().isEmpty();
                    for (var entry : map.entries().entrySet()) {
                        if (last != Flow.BREAK) {
                            GoValue element =
                                    GoValue.slot(entry.getValue(), map.type().elem());
                            last = iterate(range, entry.getKey(), element, mark);
                        }
                    }
                }
                case GoValue.Nil nil when nil.kind() != Kind.POINTER && nil.kind() != Kind.FUNC -> any = false;
                default -> throw error("range can't iterate over " + shown(value));
            }
            pop(outer);
            Node.Block otherwise = range.otherwise();
            return any || otherwise == null ? Flow.NEXT : walk(dot, otherwise);
        }

        private String shown(GoValue value) {
            return GoFormat.one(value, 'v');
        }

        private Flow iterate(Node.Range range, GoValue index, GoValue element, int mark)
                throws TemplateException.Execution {
            step();
            List<Node.Variable> names = range.pipe().declarations();
            if (!names.isEmpty()) {
                int top = variables.size();
                Node.Variable last = names.getLast();
                if (range.pipe().assign()) {
                    assign(last, element);
                } else {
                    variables.get(top - 1).value = element;
                }
                if (names.size() > 1 && range.pipe().assign()) {
                    assign(names.getFirst(), index);
                } else if (names.size() > 1) {
                    variables.get(top - 2).value = index;
                }
            }
            Flow flow = walk(element, range.body());
            pop(mark);
            return flow;
        }

        // --- variables ---

        private void assign(Node.Variable variable, GoValue value) throws TemplateException.Execution {
            binding(variable.names().getFirst()).value = value;
        }

        private Binding binding(String name) throws TemplateException.Execution {
            for (int i = variables.size() - 1; i >= 0; i--) {
                if (variables.get(i).name.equals(name)) {
                    return variables.get(i);
                }
            }
            throw error("undefined variable: " + name);
        }

        // --- expressions ---

        private GoValue pipeline(GoValue dot, Node.Pipe pipe) throws TemplateException.Execution {
            node = pipe;
            GoValue value = null;
            for (Node.Command command : pipe.commands()) {
                value = GoValue.unbox(command(dot, command, value));
            }
            GoValue result = value == null ? GoValue.Nil.UNTYPED : value;
            for (Node.Variable variable : pipe.declarations()) {
                if (pipe.assign()) {
                    assign(variable, result);
                } else {
                    variables.add(new Binding(variable.names().getFirst(), result));
                }
            }
            return result;
        }

        private GoValue command(GoValue dot, Node.Command command, @Nullable GoValue last)
                throws TemplateException.Execution {
            step();
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
                    node = first;
                    refuseArguments(arguments, last);
                    yield constant(dot, first);
                }
            };
        }

        private void refuseArguments(List<Node> arguments, @Nullable GoValue last) throws TemplateException.Execution {
            if (arguments.size() > 1 || last != null) {
                throw error("can't give argument to non-function " + arguments.getFirst());
            }
        }

        private GoValue constant(GoValue dot, Node word) throws TemplateException.Execution {
            return switch (word) {
                case Node.BoolConstant b -> GoValue.of(b.value());
                case Node.Dot _ -> dot;
                case Node.NilConstant _ -> throw error("nil is not a command");
                case Node.NumberConstant number -> number(number);
                case Node.StringConstant s -> GoValue.ofBytes(s.bytes());
                default -> throw error("can't evaluate command " + GoQuote.quote(word.toString(), false));
            };
        }

        /** A number without a type of its own: its syntax decides between int, float64 and complex128. */
        private GoValue number(Node.NumberConstant constant) throws TemplateException.Execution {
            node = constant;
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
            throw error(value.text() + " overflows int");
        }

        private GoValue field(GoValue dot, Node.Field field, @Nullable List<Node> arguments, @Nullable GoValue last)
                throws TemplateException.Execution {
            node = field;
            return fields(dot, dot, field, field.names(), arguments, last);
        }

        private GoValue chain(GoValue dot, Node.Chain chain, @Nullable List<Node> arguments, @Nullable GoValue last)
                throws TemplateException.Execution {
            node = chain;
            if (chain.term() instanceof Node.NilConstant) {
                throw error("indirection through explicit nil in " + chain);
            }
            GoValue receiver = argument(dot, null, chain.term());
            return fields(dot, receiver, chain, chain.names(), arguments, last);
        }

        private GoValue variable(
                GoValue dot, Node.Variable variable, @Nullable List<Node> arguments, @Nullable GoValue last)
                throws TemplateException.Execution {
            node = variable;
            GoValue value = binding(variable.names().getFirst()).value;
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
                GoValue dot,
                String name,
                Node at,
                @Nullable List<Node> arguments,
                @Nullable GoValue last,
                GoValue receiver)
                throws TemplateException.Execution {
            if (receiver.kind() == Kind.INVALID) {
                if (templates.missingKey() == MissingKey.ERROR) {
                    throw error("nil data; no entry for key " + GoQuote.quote(name, false));
                }
                return GoValue.Nil.UNTYPED;
            }
            GoValue target = GoValue.indirect(receiver);
            String type = receiver.type().name();
            if (target.kind() == Kind.INVALID) {
                throw error("nil pointer evaluating " + type + "." + name);
            }
            GoFunction method = target.type().findMethod(Utf8.decode(name));
            if (method != null && !(target instanceof GoValue.Nil)) {
                return invoke(dot, method.bind(target), false, at, name, arguments, last);
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
                        throw error(name + " has arguments but cannot be invoked as function");
                    }
                    return getter.apply(struct);
                }
            }
            if (target.kind() == Kind.MAP
                    && GoType.STRING.assignableTo(target.type().key())) {
                if (hasArguments) {
                    throw error(name + " is not a method but has arguments");
                }
                return entry(target, name);
            }
            if (target instanceof GoValue.Nil nil
                    && nil.kind() == Kind.POINTER
                    && (nil.type().elem().kind() != Kind.STRUCT
                            || nil.type().elem().fields().containsKey(Utf8.decode(name)))) {
                throw error("nil pointer evaluating " + type + "." + name);
            }
            throw error("can't evaluate field " + name + " in type " + type);
        }

        private GoValue entry(GoValue map, String name) throws TemplateException.Execution {
            GoValue found = map instanceof GoValue.Dict dict ? dict.get(GoValue.ofBytes(name)) : null;
            if (found != null) {
                return found;
            }
            return switch (templates.missingKey()) {
                case INVALID -> GoValue.Nil.UNTYPED;
                case ZERO -> GoValue.zero(map.type().elem());
                case ERROR -> throw error("map has no entry for key " + GoQuote.quote(name, false));
            };
        }

        private GoValue function(
                GoValue dot,
                Node.Identifier identifier,
                Node at,
                @Nullable List<Node> arguments,
                @Nullable GoValue last)
                throws TemplateException.Execution {
            node = identifier;
            String name = identifier.name();
            GoFunction own = templates.function(Utf8.decode(name));
            if (own != null) {
                return invoke(dot, own, false, at, name, arguments, last);
            }
            GoFunction builtin = builtins.get(name);
            if (builtin == null) {
                throw error(GoQuote.quote(name, false) + " is not a defined function");
            }
            return invoke(dot, builtin, true, at, name, arguments, last);
        }

        // --- calls ---

        /** @param words the command's words, of which the first is the function; null for a bare name */
        private GoValue invoke(
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
                throw error("wrong number of args for " + name + ": want at least " + function.fixed() + " got "
                        + given.size());
            }
            if (!function.variadic() && count != function.fixed()) {
                throw error("wrong number of args for " + name + ": want " + function.fixed() + " got " + count);
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
            step();
            try {
                GoValue result = function.body().call(arguments);
                if (result instanceof GoValue.Str s && s.bytes().length() > limits.maxOutputBytes()) {
                    throw new GoFormat.TooLongException(limits.maxOutputBytes());
                }
                return result;
            } catch (FunctionException | GoFormat.TooLongException e) {
                node = at;
                throw error("error calling " + name + ": " + Utf8.encode(String.valueOf(e.getMessage())), e);
            }
        }

        private GoValue callValue(Node at, List<Node> given, List<GoValue> arguments)
                throws TemplateException.Execution {
            GoValue callee = GoValue.unbox(arguments.getFirst());
            String name = !given.isEmpty()
                    ? given.getFirst().toString()
                    : callee instanceof GoValue.Str s ? s.bytes() : "<" + callee.type() + " Value>";
            GoFunction body = GoFunction.variadic(all -> callChecked(name, callee, all), GoType.REFLECT);
            return perform(body, arguments.subList(1, arguments.size()), at, "call");
        }

        private GoValue callChecked(String name, GoValue callee, List<GoValue> arguments) throws FunctionException {
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

        // --- arguments ---

        /** Evaluates an argument for a parameter; without a parameter any value will do. */
        private GoValue argument(GoValue dot, @Nullable GoType type, Node word) throws TemplateException.Execution {
            node = word;
            return switch (word) {
                case Node.Dot _ -> fit(dot, type);
                case Node.NilConstant _ -> nil(type);
                case Node.Field field -> fit(field(dot, field, List.of(word), null), type);
                case Node.Variable variable -> fit(variable(dot, variable, null, null), type);
                case Node.Pipe pipe -> fit(pipeline(dot, pipe), type);
                case Node.Identifier identifier -> fit(function(dot, identifier, identifier, null, null), type);
                case Node.Chain chain -> fit(chain(dot, chain, null, null), type);
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
            throw error("cannot assign nil to " + type);
        }

        private GoValue literal(GoValue dot, GoType type, Node word) throws TemplateException.Execution {
            return switch (type.kind()) {
                case INTERFACE -> constant(dot, word);
                case BOOL -> {
                    if (word instanceof Node.BoolConstant b) {
                        yield new GoValue.Bool(type, b.value());
                    }
                    throw error("expected bool; found " + word);
                }
                case STRING -> {
                    if (word instanceof Node.StringConstant s) {
                        yield new GoValue.Str(type, s.bytes());
                    }
                    throw error("expected string; found " + word);
                }
                case INT -> {
                    if (word instanceof Node.NumberConstant n && n.value().isInt()) {
                        yield new GoValue.Int(type, n.value().intValue());
                    }
                    throw error("expected integer; found " + word);
                }
                case UINT -> {
                    if (word instanceof Node.NumberConstant n && n.value().isUint()) {
                        yield new GoValue.Int(type, n.value().uintValue());
                    }
                    throw error("expected unsigned integer; found " + word);
                }
                case FLOAT -> {
                    if (word instanceof Node.NumberConstant n && n.value().isFloat()) {
                        yield new GoValue.Real(type, n.value().floatValue());
                    }
                    throw error("expected float; found " + word);
                }
                case COMPLEX -> {
                    if (word instanceof Node.NumberConstant n && n.value().isComplex()) {
                        yield new GoValue.Complex(
                                type, n.value().floatValue(), n.value().imaginary());
                    }
                    throw error("expected complex; found " + word);
                }
                case INVALID, SLICE, MAP, STRUCT, POINTER, FUNC ->
                    throw error("can't handle " + word + " for arg of type " + type);
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
                throw error("invalid value; expected " + type);
            }
            GoValue content =
                    value instanceof GoValue.Boxed && GoValue.unbox(value).kind() != Kind.INVALID
                            ? GoValue.unbox(value)
                            : value;
            if (!(content instanceof GoValue.Boxed) && content.type().assignableTo(type)) {
                return content;
            }
            if (content instanceof GoValue.Pointer pointer
                    && pointer.target().type().assignableTo(type)) {
                return pointer.target();
            }
            if (type.kind() == Kind.POINTER && content.type().equals(type.elem())) {
                return new GoValue.Pointer(type, content);
            }
            throw error("wrong type for value; expected " + type + "; got " + content.type());
        }

        private void print(Node.Action action, GoValue value) throws TemplateException.Execution {
            node = action;
            if (value instanceof GoValue.Func) {
                throw error("can't print " + action + " of type " + value.type());
            }
            try {
                write(GoFormat.print(limits.maxOutputBytes(), List.of(Builtins.printable(value))));
            } catch (GoFormat.TooLongException e) {
                throw error(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
