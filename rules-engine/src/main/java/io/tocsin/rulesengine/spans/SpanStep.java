package io.tocsin.rulesengine.spans;

import io.tocsin.contracts.v1.HalfEdge;
import java.util.List;

/**
 * What one record of spans led to.
 *
 * @param state the target's new state
 * @param edges half-edges, to be keyed by {@link HalfEdge#getTraceId()}
 * @param counted spans that were counted
 * @param overflowed of these, spans counted under the overflow series since their combination was beyond the limit
 * @param malformed spans without valid ids: not counted
 */
public record SpanStep(SpanState state, List<HalfEdge> edges, int counted, int overflowed, int malformed) {

    public SpanStep {
        edges = List.copyOf(edges);
    }
}
