package io.tocsin.rulesengine.rules;

import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Checks of label and annotation names; any UTF-8 is a name, but the metric's name is none of the rule's labels. */
final class LabelChecks {
    private LabelChecks() {}

    static void names(YamlFields fields, Map<String, ScalarNode> labels) {
        for (String name : labels.keySet()) {
            if (!LabelNames.isValid(name) || name.equals(Labels.METRIC_NAME)) {
                fields.source().problems().error(fields.keyPosition(name), "invalid label name: " + name);
            }
        }
    }

    static void annotationNames(YamlFields fields, Map<String, ScalarNode> annotations) {
        for (String name : annotations.keySet()) {
            if (!LabelNames.isValid(name)) {
                fields.source().problems().error(fields.keyPosition(name), "invalid annotation name: " + name);
            }
        }
    }
}
