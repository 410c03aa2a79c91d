package io.tocsin.rulesengine.evaluate;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.template.AlertTemplate;
import io.tocsin.rulesengine.rules.template.TemplateContext;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels and annotations of one rule's alerts, their templates parsed once. */
final class AlertTexts {

    private static final String ALERT_NAME = "alertname";

    private final String name;
    private final TemplateContext context;
    private final Map<String, AlertTemplate> labels;
    private final Map<String, AlertTemplate> annotations;

    AlertTexts(Rule.Alerting rule, TemplateContext context) {
        this.name = rule.name();
        this.context = context;
        this.labels = parse(rule.name(), rule.labels());
        this.annotations = parse(rule.name(), rule.annotations());
    }

    private static Map<String, AlertTemplate> parse(String name, Map<String, String> texts) {
        Map<String, AlertTemplate> templates = new TreeMap<>();
        texts.forEach((key, text) -> {
            try {
                templates.put(key, AlertTemplate.parse(name, text));
            } catch (TemplateException.Parse e) {
                throw new IllegalStateException("the template of " + name + "." + key + " was checked before", e);
            }
        });
        return templates;
    }

    /** The labels of the alert for a result: the result's, then the rule's, then the alert's name. */
    SortedMap<String, String> labels(Labels result, double value, @Nullable FloatHistogram histogram, long atMs) {
        Sample sample = new Sample(result, atMs, value, histogram);
        Labels.Builder builder = result.withoutName().toBuilder();
        labels.forEach((key, template) -> builder.set(key, template.expandOrExplain(context, sample, atMs)));
        TreeMap<String, String> all = new TreeMap<>();
        builder.set(ALERT_NAME, name).build().forEach(all::put);
        return all;
    }

    /** The annotations of an alert with these labels. */
    SortedMap<String, String> annotations(Map<String, String> alertLabels, double value, long atMs) {
        Labels seen = Labels.of(alertLabels);
        Sample sample = new Sample(seen, atMs, value, null);
        TreeMap<String, String> all = new TreeMap<>();
        annotations.forEach((key, template) -> all.put(key, template.expandOrExplain(context, sample, atMs)));
        return all;
    }
}
