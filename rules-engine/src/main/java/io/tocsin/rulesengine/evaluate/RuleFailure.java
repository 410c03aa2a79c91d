package io.tocsin.rulesengine.evaluate;

/** A rule that cannot be evaluated at a tick: its own problem, never the stream thread's. */
final class RuleFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RuleFailure(String message) {
        super(message);
    }
}
