package io.tocsin.collector.discover;

/** A source that did not answer, or not as it should: the message says which and why. */
public final class DiscoveryException extends Exception {

    private static final long serialVersionUID = 1;

    public DiscoveryException(String message) {
        super(message);
    }

    public DiscoveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
