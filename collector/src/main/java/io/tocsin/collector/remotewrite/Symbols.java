package io.tocsin.collector.remotewrite;

import io.tocsin.collector.answer.Refusal;
import java.util.ArrayList;
import java.util.List;

/** The strings of a 2.0 request. */
final class Symbols {

    private final List<String> symbols;

    /** A reference leads nowhere. */
    static final class NoSuchSymbolException extends Exception {
        NoSuchSymbolException(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws Refusal MALFORMED when the first is not empty: a reference of 0 would mean something */
    Symbols(List<String> symbols) {
        if (!symbols.isEmpty() && !symbols.getFirst().isEmpty()) {
            throw new Refusal(Refusal.Reason.MALFORMED, "the first symbol must be the empty string");
        }
        this.symbols = symbols;
    }

    String text(int reference) throws NoSuchSymbolException {
        if (reference == 0) {
            return "";
        }
        // The reference is unsigned.
        if (reference < 0 || reference >= symbols.size()) {
            throw new NoSuchSymbolException("symbol " + Integer.toUnsignedString(reference) + " of " + symbols.size());
        }
        return symbols.get(reference);
    }

    List<Series.Label> labels(List<Integer> references) throws NoSuchSymbolException {
        if (references.size() % 2 != 0) {
            throw new NoSuchSymbolException("a label without a value");
        }
        List<Series.Label> labels = new ArrayList<>(references.size() / 2);
        for (int i = 0; i < references.size(); i += 2) {
            labels.add(new Series.Label(text(references.get(i)), text(references.get(i + 1))));
        }
        return labels;
    }
}
