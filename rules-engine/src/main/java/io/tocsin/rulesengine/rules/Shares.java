package io.tocsin.rulesengine.rules;

import java.util.Optional;

/** Parts of a whole, written as {@code 99.9%} or {@code 0.999}. */
final class Shares {
    private Shares() {}

    static Optional<Double> parse(String text) {
        boolean percent = text.endsWith("%");
        String number = percent ? text.substring(0, text.length() - 1).strip() : text;
        if (!number.matches("[0-9]+(\\.[0-9]+)?")) {
            return Optional.empty();
        }
        double value = Double.parseDouble(number);
        return Optional.of(percent ? value / 100 : value);
    }
}
