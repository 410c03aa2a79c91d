package io.tocsin.rulesengine.rules;

/** What a rule does at a tick for which a shard is excluded. */
public enum OnIncomplete {
    /** No transition of this rule. */
    WAIT,
    /** Series that are present may fire; nothing resolves. */
    PRESENT
}
