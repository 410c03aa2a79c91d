package io.tocsin.notifier.route.receiver;

/**
 * A value that is never shown.
 *
 * @param value the value
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "<secret>";
    }
}
