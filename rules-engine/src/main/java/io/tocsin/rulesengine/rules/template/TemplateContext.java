package io.tocsin.rulesengine.rules.template;

import io.tocsin.gotemplate.Limits;
import io.tocsin.promql.model.Labels;
import java.net.URI;

/**
 * What templates know beside the alert.
 *
 * @param externalUrl where people reach this system
 * @param limits for each expansion
 */
public record TemplateContext(QueryFunction query, URI externalUrl, Labels externalLabels, Limits limits) {

    /** Nothing around, and no queries. */
    public static final TemplateContext BARE =
            new TemplateContext(QueryFunction.NONE, URI.create(""), Labels.EMPTY, Limits.DEFAULT);
}
