package io.tocsin.promql.engine;

import io.tocsin.promql.model.GoFloat;

/** Numbers in label values as OpenMetrics writes them: with a point or an exponent, always. */
final class OpenMetrics {

    private OpenMetrics() {}

    static String format(double value) {
        String text = GoFloat.formatG(value);
        boolean plain = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        return plain ? text + ".0" : text;
    }
}
