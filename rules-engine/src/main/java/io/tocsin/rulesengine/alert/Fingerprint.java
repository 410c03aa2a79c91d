package io.tocsin.rulesengine.alert;

import io.tocsin.contracts.AlertIdentity;
import java.util.SortedMap;

/** Names for label sets and transitions, as the contract has them. */
public final class Fingerprint {

    private Fingerprint() {}

    /** 16 hex digits over a label set, see {@link AlertIdentity#fingerprint}. */
    public static String of(SortedMap<String, String> labels) {
        return AlertIdentity.fingerprint(labels);
    }

    /** The id of a transition: hex of SHA-256 over rule, fingerprint, tick and the state it leads to. */
    public static String transition(String rule, String fingerprint, long atMs, AlertState to) {
        return AlertIdentity.transition(rule, fingerprint, atMs, to.name());
    }

    /** Hex of SHA-256 over the text in UTF-8. */
    public static String sha256(String text) {
        return AlertIdentity.sha256(text);
    }
}
