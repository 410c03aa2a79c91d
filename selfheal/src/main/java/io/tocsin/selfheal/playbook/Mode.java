package io.tocsin.selfheal.playbook;

/** How far a playbook may go on its own. */
public enum Mode {
    /** Says what it would do, and does nothing. */
    OBSERVE,
    /** Asks a person first. */
    APPROVE,
    /** Acts when every guard lets it. */
    AUTO
}
