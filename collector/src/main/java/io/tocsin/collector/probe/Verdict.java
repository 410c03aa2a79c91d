package io.tocsin.collector.probe;

import java.util.Locale;

/** Whether a target is as it should be. */
public sealed interface Verdict {

    /** It is. */
    record Passed() implements Verdict {}

    /**
     * It is not.
     *
     * @param text a sentence for a person, without secrets and without the target's own words
     */
    record Failed(Reason reason, String text) implements Verdict {}

    /** Why a target is not as it should be. */
    enum Reason {
        /** Its name has no address. */
        RESOLVE,
        /** No connection. */
        CONNECT,
        /** No agreement on TLS, or a certificate that is not trusted. */
        TLS,
        /** Not within the timeout. */
        TIMEOUT,
        /** The connection ended too early, or the answer was not in its protocol. */
        PROTOCOL,
        /** More redirects than are followed. */
        REDIRECTS,
        /** Another status code. */
        STATUS,
        /** A header that does not match. */
        HEADER,
        /** A body that does not match. */
        BODY,
        /** With TLS where there must be none, or without. */
        TLS_EXPECTED,
        /** A certificate that ends too soon. */
        CERTIFICATE,
        /** A dialogue that went another way. */
        RESPONSE,
        /** Other records than expected. */
        ANSWER,
        /** It says itself that it does not serve. */
        NOT_SERVING,
        /** A value that a later step needs is not in the answer. */
        EXTRACTION,
        /** This machine may not do this, or cannot. */
        NOT_PERMITTED;

        /** As a label's value. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it is. */
    default boolean passed() {
        return this instanceof Passed;
    }

    static Verdict pass() {
        return new Passed();
    }

    static Verdict failed(Reason reason, String text) {
        return new Failed(reason, text);
    }
}
