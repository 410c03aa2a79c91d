package io.tocsin.selfheal.guardrail;

/** Whether a repair may run now. */
public sealed interface Decision {

    /** All guards let it. */
    record Run() implements Decision {}

    /** Not now: what stops it may pass by itself or by a person. */
    record Wait(Reason reason, String detail) implements Decision {}

    /** Not for this alert, whatever time passes. */
    record Refuse(Reason reason, String detail) implements Decision {}
}
