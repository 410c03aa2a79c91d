package io.tocsin.collector.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a prober saw of a target, before anything is made of it. */
public sealed interface Seen {

    /**
     * How the target was reached.
     *
     * @param lookup time to find the address, zero for one that was given
     * @param ipProtocol 4 or 6, 0 when there is no address
     */
    record Reached(Duration lookup, int ipProtocol) {
        /** No address was found. */
        public static final Reached NOT = new Reached(Duration.ZERO, 0);
    }

    /**
     * An answer over HTTP.
     *
     * @param status 0 when there was no answer
     * @param version of HTTP, for example 1.1
     * @param headers by name in lower case
     * @param body its beginning, as text
     * @param contentLength as announced, -1 when it was not
     * @param bodyBytes after decompression
     * @param phases resolve, connect, tls, processing, transfer; summed over redirects
     */
    record Http(
            Reached reached,
            int status,
            double version,
            Map<String, List<String>> headers,
            String body,
            long contentLength,
            long bodyBytes,
            int redirects,
            Map<String, Duration> phases,
            Optional<Tls> tls,
            Optional<Instant> lastModified)
            implements Seen {
        public Http {
            headers = Map.copyOf(headers);
            phases = Map.copyOf(phases);
        }
    }

    /** A connection over TCP, and TLS on it. */
    record Tcp(Reached reached, Optional<Tls> tls) implements Seen {}

    /**
     * An answer of a name server.
     *
     * @param code for example NOERROR; empty when there was no answer
     * @param answers records as a zone file shows them
     * @param serial of the SOA record, when there is one
     */
    record Dns(
            Reached reached,
            Duration request,
            String code,
            List<String> answers,
            int authority,
            int additional,
            Optional<Long> serial)
            implements Seen {
        public Dns {
            answers = List.copyOf(answers);
        }
    }

    /**
     * An answer of a health service.
     *
     * @param status the gRPC code
     * @param serving the serving status by name, empty when there was none
     */
    record Grpc(Reached reached, Duration check, int status, String serving, Optional<Tls> tls) implements Seen {}

    /**
     * An answer to an echo.
     *
     * @param hopLimit of the answer's packet
     */
    record Icmp(Reached reached, Duration roundTrip, Optional<Integer> hopLimit) implements Seen {}

    /**
     * One step of a journey that was taken.
     *
     * @param took time of the whole step
     */
    record Step(String name, boolean passed, Duration took, Http http) {}

    /** The steps of a journey, to the one that failed or to its end. */
    record Journey(List<Step> steps) implements Seen {
        public Journey {
            steps = List.copyOf(steps);
        }
    }

    /**
     * What was agreed on, and who the other side is, also when it is not trusted.
     *
     * @param version for example "TLS 1.3"; empty when there was no agreement
     * @param earliestExpiry the first end of a certificate that was presented
     */
    record Tls(String version, String cipher, Instant earliestExpiry, Leaf leaf) {}

    /** The target's own certificate. */
    record Leaf(String fingerprintSha256, String subject, String issuer, String alternativeNames, String serial) {}
}
