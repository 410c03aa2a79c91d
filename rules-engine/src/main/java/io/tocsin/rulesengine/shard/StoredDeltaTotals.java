package io.tocsin.rulesengine.shard;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.otlp.DeltaTotal;
import io.tocsin.rulesengine.otlp.DeltaTotals;
import io.tocsin.rulesengine.store.LabelsCodec;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The running totals of delta series, in a logged store. */
record StoredDeltaTotals(KeyValueStore<Bytes, byte[]> store) implements DeltaTotals {

    @Override
    public @Nullable DeltaTotal get(Labels series) {
        byte @Nullable [] bytes = store.get(key(series));
        return bytes == null ? null : DeltaTotal.decode(bytes);
    }

    @Override
    public void put(Labels series, DeltaTotal total) {
        store.put(key(series), total.encode());
    }

    private static Bytes key(Labels series) {
        return Bytes.wrap(LabelsCodec.encode(series));
    }
}
