package io.tocsin.rulesengine.rules;

/** What a rule does at a tick whose data may be incomplete. */
public enum OnIncomplete {
    /** A result that rests on one series may fire, one that rests on several waits; nothing resolves. */
    AUTO,
    /** No transition of this rule. */
    WAIT,
    /** Whatever is present may fire, also what rests on several series; nothing resolves. */
    PRESENT
}
