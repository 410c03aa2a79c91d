package io.tocsin.gotemplate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of templates that can call each other, with the functions they may use. Immutable: parsing yields a new set, so
 * that a shared set can be extended per use. Differences from Go: nesting in a text is limited to 200, there are no
 * channels and no iterator functions, and addresses print as a constant.
 */
public final class Templates {
    /**
     * One template.
     *
     * @param parseName the name of the text it was parsed from, for errors
     * @param text that text, as bytes
     */
    record Body(String name, String parseName, String text, Node.Block root) {}

    private final Map<String, GoFunction> functions;
    private final MissingKey missingKey;
    private final Map<String, Body> bodies;

    private Templates(Map<String, GoFunction> functions, MissingKey missingKey, Map<String, Body> bodies) {
        this.functions = Map.copyOf(functions);
        this.missingKey = missingKey;
        this.bodies = Map.copyOf(bodies);
    }

    /** An empty set with functions beside the built-in ones, which a function of the same name replaces. */
    public static Templates with(Map<String, GoFunction> functions) {
        return new Templates(functions, MissingKey.INVALID, Map.of());
    }

    public Templates missingKey(MissingKey option) {
        return new Templates(functions, option, bodies);
    }

    /** The same templates with other implementations of functions, for those that depend on the execution. */
    public Templates functions(Map<String, GoFunction> replacements) {
        Map<String, GoFunction> all = new HashMap<>(functions);
        all.putAll(replacements);
        return new Templates(all, missingKey, bodies);
    }

    /**
     * Adds the template in a text and those it defines; they replace templates of the same names, unless they are empty.
     *
     * @throws TemplateException.Parse with Go's message and the line
     */
    public Templates parse(String name, String text) throws TemplateException.Parse {
        String bytes = Utf8.encode(text);
        String nameBytes = Utf8.encode(name);
        Map<String, Body> all = new LinkedHashMap<>(bodies);
        Parser.parse(nameBytes, bytes, this::isFunction).forEach((key, parsed) -> {
            Body old = all.get(Utf8.decode(key));
            if (old == null || !parsed.root().isEmpty()) {
                all.put(Utf8.decode(key), new Body(key, nameBytes, bytes, parsed.root()));
            }
        });
        return new Templates(functions, missingKey, all);
    }

    /** The names of all templates, sorted. */
    public Set<String> names() {
        return new TreeSet<>(bodies.keySet());
    }

    /** Applies a template to data within limits. */
    public String execute(String name, GoValue data, Limits limits) throws TemplateException.Execution {
        return Utf8.decode(executeToBytes(name, data, limits));
    }

    /** As {@link #execute}, with everything that actions yield made safe for its place in a page. */
    public String executeHtml(String name, GoValue data, Limits limits) throws TemplateException.Execution {
        Templates safe = functions(HtmlEscaping.FUNCTIONS);
        return Utf8.decode(new Execution(safe, limits, new HtmlEscaping()).run(required(name), data));
    }

    /** As {@link #execute}, but gives the bytes, one char each, also where they are not UTF-8. */
    String executeToBytes(String name, GoValue data, Limits limits) throws TemplateException.Execution {
        return new Execution(this, limits, Escaping.NONE).run(required(name), data);
    }

    private Body required(String name) throws TemplateException.Execution {
        Body body = bodies.get(name);
        if (body == null) {
            throw new TemplateException.Execution("template: no template "
                    + Utf8.decode(GoQuote.quote(Utf8.encode(name), false)) + " associated with these templates");
        }
        return body;
    }

    /**
     * The variables and fields that a template reads, where the dot is still its data: {@code $labels.job} is
     * [$labels, job], {@code .Labels.job} is ["", Labels, job].
     *
     * @throws IllegalArgumentException if there is no such template
     */
    public java.util.List<Reference> references(String name) {
        Body body = bodies.get(name);
        if (body == null) {
            throw new IllegalArgumentException("no template " + name);
        }
        return References.of(body);
    }

    /**
     * A variable or field that is read.
     *
     * @param offset of the name in the text the template was parsed from, in UTF-16 units
     */
    public record Reference(java.util.List<String> names, int offset) {
        public Reference {
            names = java.util.List.copyOf(names);
        }
    }

    private boolean isFunction(String name) {
        return functions.containsKey(Utf8.decode(name)) || Builtins.NAMES.contains(name);
    }

    MissingKey missingKey() {
        return missingKey;
    }

    @Nullable
    GoFunction function(String name) {
        return functions.get(name);
    }

    @Nullable
    Body body(String bytes) {
        return bodies.get(Utf8.decode(bytes));
    }
}
