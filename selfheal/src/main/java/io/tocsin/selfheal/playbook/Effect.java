package io.tocsin.selfheal.playbook;

/** What kind of change a step is: guards treat them differently. */
public enum Effect {
    /** Replaces a running instance: counted, backed off, blocked shortly after a deployment. */
    RESTART,
    /** Goes back to an earlier release: what a deployment's grace period must not block. */
    ROLLBACK,
    /** Takes a target out of traffic: a person approves. */
    ISOLATE,
    /** Any other change. */
    CHANGE,
    /** Looks and leaves everything as it is. */
    INSPECT
}
