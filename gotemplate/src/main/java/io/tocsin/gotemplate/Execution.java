package io.tocsin.gotemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a template over data, within limits: what its frames share. */
final class Execution {
    private final Templates templates;
    private final Limits limits;
    private final Map<String, GoFunction> builtins;
    private final Escaping escaping;
    private final StringBuilder out = new StringBuilder();
    private long steps;

    Execution(Templates templates, Limits limits, Escaping escaping) {
        this.templates = templates;
        this.escaping = escaping;
        this.limits = limits;
        this.builtins = Builtins.functions(limits.maxOutputBytes());
    }

    String run(Templates.Body body, GoValue data) throws TemplateException.Execution {
        new Walk(new Frame(this, body, data, 0)).walk(data, body.root());
        return out.toString();
    }

    Templates templates() {
        return templates;
    }

    Escaping escaping() {
        return escaping;
    }

    Limits limits() {
        return limits;
    }

    @Nullable
    GoFunction builtin(String name) {
        return builtins.get(name);
    }

    long nextStep() {
        return ++steps;
    }

    /** Appends bytes to the output; false if that would be too much. */
    boolean write(String bytes) {
        if (out.length() + bytes.length() > limits.maxOutputBytes()) {
            return false;
        }
        out.append(bytes);
        escaping.written(bytes);
        return true;
    }
}
