package io.tocsin.notifier.route.receiver;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A structure of the writer's choice, such as a webhook's payload; every text in it is a template. */
public sealed interface TemplateTree {

    /** A template. */
    record Text(String template) implements TemplateTree {}

    /** A number. */
    record Numeral(BigDecimal value) implements TemplateTree {}

    /** True or false. */
    record Flag(boolean value) implements TemplateTree {}

    /** Null. */
    record Nothing() implements TemplateTree {}

    /** A list. */
    record Items(List<TemplateTree> items) implements TemplateTree {

        public Items {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order written; the names are templates too. */
    record Fields(Map<String, TemplateTree> fields) implements TemplateTree {

        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }
}
