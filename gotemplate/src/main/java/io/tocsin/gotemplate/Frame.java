package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;

/** Where one template body stands in its execution: the node at hand, for errors, and the variables in scope. */
final class Frame {
    private final Execution execution;
    private final Templates.Body body;
    private final int depth;
    private final List<Binding> variables = new ArrayList<>();
    private Node node;

    private static final class Binding {
        final String name;
        GoValue value;

        Binding(String name, GoValue value) {
            this.name = name;
            this.value = value;
        }
    }

    /** A called template sees none of its caller's variables. */
    Frame(Execution execution, Templates.Body body, GoValue data, int depth) {
        this.execution = execution;
        this.body = body;
        this.depth = depth;
        this.node = body.root();
        declare("$", data);
    }

    Execution execution() {
        return execution;
    }

    int depth() {
        return depth;
    }

    /** Marks what is evaluated now. */
    void at(Node now) {
        node = now;
    }

    int mark() {
        return variables.size();
    }

    void declare(String name, GoValue value) {
        variables.add(new Binding(name, value));
    }

    /** Sets the variable that was declared last, or the one before it. */
    void setTop(int fromTop, GoValue value) {
        variables.get(variables.size() - fromTop).value = value;
    }

    GoValue read(String name) throws TemplateException.Execution {
        return binding(name).value;
    }

    void pop(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    void assign(Node.Variable variable, GoValue value) throws TemplateException.Execution {
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

    TemplateException.Execution error(String message) {
        String before = body.text().substring(0, node.pos());
        int newline = before.lastIndexOf('\n');
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        int column = newline < 0 ? node.pos() : node.pos() - newline - 1;
        String location = body.parseName() + ":" + line + ":" + column;
        String text = "template: " + location + ": executing " + GoQuote.quote(body.name(), false) + " at <" + node
                + ">: " + message;
        return new TemplateException.Execution(Utf8.decode(text));
    }

    TemplateException.Execution error(String message, Exception cause) {
        TemplateException.Execution error = error(message);
        error.initCause(cause);
        return error;
    }

    /** Counts a step; too many of them, or the end of the time, end the execution. */
    void step() throws TemplateException.Execution {
        Limits limits = execution.limits();
        long steps = execution.nextStep();
        if (steps > limits.maxSteps()) {
            throw error("exceeded maximum of " + limits.maxSteps() + " steps");
        }
        if (steps % 256 == 0 && limits.expired().getAsBoolean()) {
            throw error("exceeded the time limit");
        }
    }
}
