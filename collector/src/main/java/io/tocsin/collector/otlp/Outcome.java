package io.tocsin.collector.otlp;

import com.google.protobuf.Message;

/**
 * What an acknowledged request is answered.
 *
 * @param rejections what of it was not taken
 */
public record Outcome(Signal signal, Rejections rejections) {

    /** The signal's export response: empty when everything was taken. */
    Message response() {
        return rejections.total() == 0
                ? signal.emptyResponse()
                : signal.partialSuccess(rejections.total(), rejections.message());
    }
}
