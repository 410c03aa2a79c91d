package io.tocsin.rulesengine.alert;

/** What may be concluded from the data of a tick. */
public enum Certainty {
    /** All data is there: presence and absence count. */
    COMPLETE,
    /** Some data may be missing: what is there may fire, nothing resolves, absence says nothing. */
    PRESENCE_ONLY,
    /** Nothing may be concluded. */
    NOTHING
}
