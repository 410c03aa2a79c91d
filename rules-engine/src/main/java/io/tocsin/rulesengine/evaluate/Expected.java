package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.detect.Expectation;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.TreeMap;

/** A series that an outage rule expects, with the labels it had. */
record Expected(Labels labels, Expectation expectation) {

    private static final int LAYOUT = 1;

    byte[] encode() {
        TreeMap<String, String> texts = new TreeMap<>();
        labels.forEach(texts::put);
        return new StateWriter(LAYOUT).texts(texts).bytes(expectation.encode()).toBytes();
    }

    static Expected decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new Expected(Labels.of(in.texts()), Expectation.decode(in.bytes()));
    }
}
