package io.tocsin.rulesengine.topology;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;

/**
 * The calls of one edge in one window.
 *
 * @param endMs end of the window, Unix milliseconds
 * @param clientErrors calls that the client saw fail
 * @param serverErrors calls that the server saw fail
 * @param unanswered client calls of which no server span came
 * @param virtual whether the callee is known only from client spans
 */
public record EdgeWindow(
        EdgeKey edge,
        long endMs,
        long calls,
        long clientErrors,
        long serverErrors,
        long unanswered,
        double clientSeconds,
        double serverSeconds,
        boolean virtual) {

    private static final int LAYOUT = 1;

    /** The sum of two counts of the same edge and window. */
    EdgeWindow plus(EdgeWindow other) {
        return new EdgeWindow(
                edge,
                endMs,
                calls + other.calls,
                clientErrors + other.clientErrors,
                serverErrors + other.serverErrors,
                unanswered + other.unanswered,
                clientSeconds + other.clientSeconds,
                serverSeconds + other.serverSeconds,
                virtual && other.virtual);
    }

    public byte[] encode() {
        return new StateWriter(LAYOUT)
                .text(edge.environment())
                .text(edge.caller())
                .text(edge.callee())
                .number(endMs)
                .number(calls)
                .number(clientErrors)
                .number(serverErrors)
                .number(unanswered)
                .real(clientSeconds)
                .real(serverSeconds)
                .flag(virtual)
                .toBytes();
    }

    public static EdgeWindow decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new EdgeWindow(
                new EdgeKey(in.text(), in.text(), in.text()),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.real(),
                in.real(),
                in.flag());
    }
}
