package io.tocsin.collector.probe;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an answer must be.
 *
 * @param status one of these
 * @param body each must match somewhere in the first mebibyte
 * @param notBody none may
 * @param headers each must match some value of its header
 * @param tls whether the last connection must, or must not, be with TLS
 * @param validFor how long the certificate must be valid still
 */
public record HttpExpectation(
        List<StatusRange> status,
        List<Pattern> body,
        List<Pattern> notBody,
        Map<String, Pattern> headers,
        Optional<Boolean> tls,
        Duration validFor) {

    public HttpExpectation {
        status = List.copyOf(status);
        body = List.copyOf(body);
        notBody = List.copyOf(notBody);
        headers = Map.copyOf(headers);
    }

    /** Status codes from {@code least} to {@code most}. */
    public record StatusRange(int least, int most) {

        /** Success. */
        public static final StatusRange SUCCESS = new StatusRange(200, 299);

        /** Reads {@code 204} or {@code 2xx}. */
        public static StatusRange parse(String text) {
            if (text.matches("[1-5]xx")) {
                int hundred = (text.charAt(0) - '0') * 100;
                return new StatusRange(hundred, hundred + 99);
            }
            if (text.matches("[1-5]\\d\\d")) {
                int status = Integer.parseInt(text);
                return new StatusRange(status, status);
            }
            throw new IllegalArgumentException("expected a status such as 200 or 3xx, found \"" + text + "\"");
        }

        boolean holds(int status) {
            return status >= least && status <= most;
        }

        @Override
        public String toString() {
            return least == most ? Integer.toString(least) : least / 100 + "xx";
        }
    }
}
