package io.tocsin.rulesengine.topology;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/**
 * One side of a call.
 *
 * @param call names the call: trace id and span id of the client span
 * @param client whether this is the client's side
 * @param durationNs how long the side's span took, nanoseconds
 * @param arrivalMs when it arrived, Unix milliseconds
 * @param peer what the client says it called; "" when it does not say
 * @param node where the service runs; "" when unknown
 */
public record HalfCall(
        String environment,
        String call,
        boolean client,
        String service,
        long durationNs,
        boolean failed,
        long arrivalMs,
        String peer,
        String node) {

    private static final int LAYOUT = 1;

    public byte[] encode() {
        return new StateWriter(LAYOUT)
                .text(environment)
                .text(call)
                .flag(client)
                .text(service)
                .number(durationNs)
                .flag(failed)
                .number(arrivalMs)
                .text(peer)
                .text(node)
                .toBytes();
    }

    public static HalfCall decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new HalfCall(
                in.text(), in.text(), in.flag(), in.text(), in.number(), in.flag(), in.number(), in.text(), in.text());
    }
}
