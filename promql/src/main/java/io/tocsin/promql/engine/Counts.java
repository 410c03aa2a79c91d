package io.tocsin.promql.engine;

import io.tocsin.promql.model.Labels;

/** {@code count} and {@code group}: how many there are, or that there are any. */
final class Counts extends GroupState {

    private final int[] counts;
    private final boolean presence;

    Counts(int steps, boolean presence) {
        this.counts = new int[steps];
        this.presence = presence;
    }

    @Override
    void add(Column column) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += column.has(i) ? 1 : 0;
        }
    }

    @Override
    Column result(Labels labels) {
        Column column = new Column(labels, dropName, counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                column.values[i] = presence ? 1 : counts[i];
            }
        }
        return column;
    }
}
