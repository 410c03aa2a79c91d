package io.tocsin.rulesengine.rules.template;

import io.tocsin.gotemplate.GoType;
import io.tocsin.gotemplate.GoValue;
import io.tocsin.gotemplate.MissingKey;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.gotemplate.Templates;
import io.tocsin.promql.model.Sample;
import java.util.List;

/**
 * The template of one label or annotation. It sees {@code $labels}, {@code $value}, {@code $externalLabels} and
 * {@code $externalURL}, and as its data {@code .Labels}, {@code .Value}, {@code .ExternalLabels}, {@code .ExternalURL}.
 */
public final class AlertTemplate {
    private static final String PREAMBLE = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
            + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";
    private static final Templates NO_TEMPLATES =
            Templates.with(PrometheusFunctions.of(TemplateContext.BARE, 0)).missingKey(MissingKey.ZERO);
    private static final GoType DATA = GoType.struct("struct { Labels map[string]string; "
                    + "ExternalLabels map[string]string; ExternalURL string; Value interface {} }")
            .field(
                    "Labels",
                    data -> PrometheusFunctions.labels(data(data).sample().labels()))
            .field(
                    "ExternalLabels",
                    data -> PrometheusFunctions.labels(data(data).context().externalLabels()))
            .field(
                    "ExternalURL",
                    data -> GoValue.of(data(data).context().externalUrl().toString()))
            .field("Value", data -> PrometheusFunctions.value(data(data).sample()));

    /** The template of an empty text. */
    public static final AlertTemplate EMPTY = new AlertTemplate("", "", NO_TEMPLATES);

    private final String name;
    private final String text;
    private final Templates templates;

    private record Data(TemplateContext context, Sample sample) {}

    private AlertTemplate(String name, String text, Templates templates) {
        this.name = name;
        this.text = text;
        this.templates = templates;
    }

    /** @throws TemplateException.Parse with Go's message; its line is that of the text */
    public static AlertTemplate parse(String alertName, String text) throws TemplateException.Parse {
        String name = "__alert_" + alertName;
        boolean plain = !text.contains("{{");
        return new AlertTemplate(name, text, plain ? NO_TEMPLATES : NO_TEMPLATES.parse(name, PREAMBLE + text));
    }

    /** The text for an element of the alert's expression; {@code atMs} is the evaluation time. */
    public String expand(TemplateContext context, Sample sample, long atMs) throws TemplateException.Execution {
        if (isPlain()) {
            return text;
        }
        GoValue data = new GoValue.Struct(DATA, new Data(context, sample));
        return templates.functions(PrometheusFunctions.of(context, atMs)).execute(name, data, context.limits());
    }

    /** As {@link #expand}, but a failure becomes the text, in Prometheus' words: an alert with a flaw beats none. */
    public String expandOrExplain(TemplateContext context, Sample sample, long atMs) {
        try {
            return expand(context, sample, atMs);
        } catch (TemplateException.Execution e) {
            return "<error expanding template: error executing template " + name + ": " + e.getMessage() + ">";
        }
    }

    private boolean isPlain() {
        return !templates.names().contains(name);
    }

    /** The labels of the alert that the template reads, with their places in the text. */
    public List<LabelReference> labelReferences() {
        if (isPlain()) {
            return List.of();
        }
        return templates.references(name).stream()
                .filter(reference -> reference.offset() >= PREAMBLE.length())
                .filter(AlertTemplate::namesLabel)
                .map(reference -> new LabelReference(
                        reference.names().get(nameIndex(reference)), reference.offset() - PREAMBLE.length()))
                .toList();
    }

    /** Whether the template reads the value, so that its text may differ at each evaluation. */
    public boolean readsValue() {
        return !isPlain()
                && templates.references(name).stream()
                        .filter(reference -> reference.offset() >= PREAMBLE.length())
                        .anyMatch(reference -> reference.names().getFirst().equals("$value")
                                || (isData(reference)
                                        && reference.names().get(1).equals("Value")));
    }

    private static boolean isData(Templates.Reference reference) {
        String root = reference.names().getFirst();
        return reference.names().size() > 1 && (root.isEmpty() || root.equals("$"));
    }

    private static boolean namesLabel(Templates.Reference reference) {
        boolean ofVariable = reference.names().getFirst().equals("$labels");
        boolean ofData = isData(reference) && reference.names().get(1).equals("Labels");
        return (ofVariable || ofData) && reference.names().size() == nameIndex(reference) + 1;
    }

    private static int nameIndex(Templates.Reference reference) {
        return reference.names().getFirst().equals("$labels") ? 1 : 2;
    }

    /** A label that a template reads. */
    public record LabelReference(String label, int offset) {}

    private static Data data(GoValue value) {
        return ((GoValue.Struct) value).as(Data.class);
    }
}
