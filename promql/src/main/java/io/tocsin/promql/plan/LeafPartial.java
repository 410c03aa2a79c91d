package io.tocsin.promql.plan;

import io.tocsin.promql.engine.Annotation;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import java.util.List;

/** What one shard found for one leaf at one tick, with the engine's remarks. */
public sealed interface LeafPartial {

    /** The leaf this belongs to. */
    int leaf();

    /** The engine's remarks. */
    List<Annotation> annotations();

    /** Elements of an instant vector; the elements of different shards are different series, or parts of a group. */
    record Vector(int leaf, List<Sample> samples, List<Annotation> annotations) implements LeafPartial {
        public Vector {
            samples = List.copyOf(samples);
            annotations = List.copyOf(annotations);
        }
    }

    /** Series with several samples. */
    record Matrix(int leaf, List<RangeSeries> series, List<Annotation> annotations) implements LeafPartial {
        public Matrix {
            series = List.copyOf(series);
            annotations = List.copyOf(annotations);
        }
    }

    /** States of an aggregation, by group and time. */
    record Groups(int leaf, List<GroupRow> rows, List<Annotation> annotations) implements LeafPartial {
        public Groups {
            rows = List.copyOf(rows);
            annotations = List.copyOf(annotations);
        }
    }

    /** The state of one group at one time. */
    record GroupRow(Labels labels, long timestampMs, GroupState state) {}

    /** A compact binary form; the same partial always has the same bytes. */
    default byte[] encode() {
        return LeafPartialCodec.encode(this);
    }

    /** Reads what {@link #encode} wrote; throws IllegalArgumentException on anything else. */
    static LeafPartial decode(byte[] bytes) {
        return LeafPartialCodec.decode(bytes);
    }
}
