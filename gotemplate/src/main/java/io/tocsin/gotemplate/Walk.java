package io.tocsin.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks the nodes of one template body and writes what they yield. */
final class Walk {
    private final Frame frame;
    private final Evaluation evaluation;

    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    Walk(Frame frame) {
        this.frame = frame;
        this.evaluation = new Evaluation(frame);
    }

    Flow walk(GoValue dot, Node at) throws TemplateException.Execution {
        frame.at(at);
        frame.step();
        return switch (at) {
            case Node.Text text -> {
                write(text.bytes());
                yield Flow.NEXT;
            }
            case Node.Action action -> {
                GoValue value = evaluation.pipeline(dot, action.pipe());
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
                    Node.StringConstant _ -> throw frame.error("unknown node: " + at);
        };
    }

    private Flow branch(GoValue dot, Node.Pipe pipe, Node.Block body, Node.@Nullable Block otherwise, boolean setsDot)
            throws TemplateException.Execution {
        int mark = frame.mark();
        GoValue value = evaluation.pipeline(dot, pipe);
        Flow flow = Flow.NEXT;
        if (GoValue.truth(value)) {
            flow = walk(setsDot ? value : dot, body);
        } else if (otherwise != null) {
            flow = walk(dot, otherwise);
        }
        frame.pop(mark);
        return flow;
    }

    private Flow call(GoValue dot, Node.Call call) throws TemplateException.Execution {
        Templates.Body target = frame.execution().templates().body(call.name());
        if (target == null) {
            throw frame.error("template " + GoQuote.quote(call.name(), false) + " not defined");
        }
        if (frame.depth() == frame.execution().limits().maxDepth()) {
            throw frame.error("exceeded maximum template depth ("
                    + frame.execution().limits().maxDepth() + ")");
        }
        GoValue data = call.pipe() == null ? GoValue.Nil.UNTYPED : evaluation.pipeline(dot, call.pipe());
        new Walk(new Frame(frame.execution(), target, data, frame.depth() + 1)).walk(data, target.root());
        return Flow.NEXT;
    }

    private Flow range(GoValue dot, Node.Range range) throws TemplateException.Execution {
        int outer = frame.mark();
        GoValue value = GoValue.indirect(evaluation.pipeline(dot, range.pipe()));
        boolean any;
        Flow last = Flow.NEXT;
        int mark = frame.mark();
        switch (value) {
            case GoValue.Int count -> {
                if (range.pipe().declarations().size() > 1) {
                    throw frame.error(
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
            default -> throw frame.error("range can't iterate over " + GoFormat.one(value, 'v'));
        }
        frame.pop(outer);
        Node.Block otherwise = range.otherwise();
        return any || otherwise == null ? Flow.NEXT : walk(dot, otherwise);
    }

    private Flow iterate(Node.Range range, GoValue index, GoValue element, int mark)
            throws TemplateException.Execution {
        frame.step();
        List<Node.Variable> names = range.pipe().declarations();
        if (!names.isEmpty()) {
            Node.Variable last = names.getLast();
            if (range.pipe().assign()) {
                frame.assign(last, element);
            } else {
                frame.setTop(1, element);
            }
            if (names.size() > 1 && range.pipe().assign()) {
                frame.assign(names.getFirst(), index);
            } else if (names.size() > 1) {
                frame.setTop(2, index);
            }
        }
        Flow flow = walk(element, range.body());
        frame.pop(mark);
        return flow;
    }

    private void write(String bytes) throws TemplateException.Execution {
        if (!frame.execution().write(bytes)) {
            throw frame.error("output exceeds " + frame.execution().limits().maxOutputBytes() + " bytes");
        }
    }

    private void print(Node.Action action, GoValue value) throws TemplateException.Execution {
        frame.at(action);
        if (value instanceof GoValue.Func) {
            throw frame.error("can't print " + action + " of type " + value.type());
        }
        try {
            String bytes =
                    GoFormat.print(frame.execution().limits().maxOutputBytes(), List.of(Builtins.printable(value)));
            write(frame.execution().escaping().escape(value, bytes));
        } catch (GoFormat.TooLongException | FunctionException e) {
            throw frame.error(String.valueOf(e.getMessage()), e);
        }
    }
}
