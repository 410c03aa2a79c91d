package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.topology.EdgeWindow;

/**
 * What is known of the calls of one edge: recent calls count, older ones fade by half a window.
 *
 * @param lastMs end of its newest window, Unix milliseconds
 * @param failingMs end of the newest window in which it failed; 0 for never
 * @param calls recent calls, faded
 * @param clientErrors of them those that the client saw fail
 * @param serverErrors of them those that the server saw fail
 * @param unanswered of them those of which no server span came
 * @param clientSeconds what the client waited for them in all, faded
 * @param usualSeconds what a call took in the long run; 0 before the first
 */
record Edge(
        String caller,
        String callee,
        long lastMs,
        long failingMs,
        double calls,
        double clientErrors,
        double serverErrors,
        double unanswered,
        double clientSeconds,
        double usualSeconds) {

    private static final int LAYOUT = 1;
    private static final double FADE = 0.8;
    private static final double SLOWLY = 0.005;
    private static final double MEASURABLE_SECONDS = 1e-4;
    /** A share of failed calls from which an edge counts as failing. */
    private static final double FAILING_SHARE = 0.05;

    static Edge unseen(String caller, String callee) {
        return new Edge(caller, callee, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    Edge seen(EdgeWindow window) {
        double failed = Math.max(window.clientErrors(), Math.max(window.serverErrors(), window.unanswered()));
        boolean failing = window.calls() > 0 && failed / window.calls() >= FAILING_SHARE;
        return new Edge(
                caller,
                callee,
                Math.max(lastMs, window.endMs()),
                failing ? Math.max(failingMs, window.endMs()) : failingMs,
                calls * FADE + window.calls(),
                clientErrors * FADE + window.clientErrors(),
                serverErrors * FADE + window.serverErrors(),
                unanswered * FADE + window.unanswered(),
                clientSeconds * FADE + window.clientSeconds(),
                usual(window));
    }

    /** Follows slowly, so that a slow while stands out against it. */
    private double usual(EdgeWindow window) {
        if (window.calls() == 0) {
            return usualSeconds;
        }
        double now = window.clientSeconds() / window.calls();
        return usualSeconds == 0 ? now : usualSeconds + SLOWLY * (now - usualSeconds);
    }

    /** How many times as long as usual a call takes lately; 1 before anything is known. */
    double slowdown() {
        double lately = calls == 0 ? 0 : clientSeconds / calls;
        return usualSeconds < MEASURABLE_SECONDS ? 1 : lately / usualSeconds;
    }

    double clientErrorShare() {
        return calls == 0 ? 0 : clientErrors / calls;
    }

    double serverErrorShare() {
        return calls == 0 ? 0 : serverErrors / calls;
    }

    double unansweredShare() {
        return calls == 0 ? 0 : unanswered / calls;
    }

    byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT);
        out.text(caller).text(callee).number(lastMs).number(failingMs);
        out.real(calls).real(clientErrors).real(serverErrors).real(unanswered);
        out.real(clientSeconds).real(usualSeconds);
        return out.toBytes();
    }

    static Edge decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        return new Edge(
                in.text(),
                in.text(),
                in.number(),
                in.number(),
                in.real(),
                in.real(),
                in.real(),
                in.real(),
                in.real(),
                in.real());
    }
}
