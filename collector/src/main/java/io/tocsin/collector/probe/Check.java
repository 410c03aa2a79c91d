package io.tocsin.collector.probe;

import com.google.re2j.Pattern;
import io.tocsin.collector.config.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is done to a target, and what is expected of it. */
public sealed interface Check {

    /**
     * One HTTP request.
     *
     * @param redirects how many are followed
     */
    record Http(HttpCall call, HttpExpectation expect, int redirects, TlsOptions tls) implements Check {}

    /**
     * A connection, with TLS or without, and what is said on it.
     *
     * @param tls whether the connection begins with TLS
     * @param validFor how long the certificate must be valid still
     */
    record Tcp(boolean tls, TlsOptions tlsOptions, Duration validFor, List<Exchange> dialogue) implements Check {
        public Tcp {
            dialogue = List.copyOf(dialogue);
        }
    }

    /**
     * One question to a name server.
     *
     * @param type of the record, for example A
     * @param codes the response codes that are right, for example NOERROR
     * @param answers each must match some record of the answer section, as a zone file shows it
     * @param notAnswers none may match any
     * @param leastAnswers how many records there must be
     */
    record Dns(
            String name,
            String type,
            boolean tcp,
            boolean recursion,
            Set<String> codes,
            List<Pattern> answers,
            List<Pattern> notAnswers,
            int leastAnswers)
            implements Check {
        public Dns {
            codes = Set.copyOf(codes);
            answers = List.copyOf(answers);
            notAnswers = List.copyOf(notAnswers);
        }
    }

    /** The standard health service of gRPC; an empty {@code service} asks for the whole server. */
    record Grpc(String service, boolean tls, TlsOptions tlsOptions, Duration validFor) implements Check {}

    /**
     * An ICMP echo.
     *
     * @param bytes of data
     */
    record Icmp(int bytes) implements Check {}

    /** Requests one after the other, with cookies kept and values handed on. */
    record Journey(List<Step> steps, int redirects, TlsOptions tls) implements Check {
        public Journey {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step of a journey.
     *
     * @param url absolute, or relative to the target
     * @param extract values of the answer for later steps, by name
     */
    record Step(String name, Template url, HttpCall call, HttpExpectation expect, Map<String, Extraction> extract) {
        public Step {
            extract = Map.copyOf(extract);
        }
    }

    /** One line of a dialogue over TCP. */
    sealed interface Exchange {
        /** A line that must come; others are read over. */
        record Expect(Pattern line) implements Exchange {}

        /** A text that is sent, with a line feed. */
        record Send(String text) implements Exchange {}

        /** From here on with TLS. */
        record StartTls() implements Exchange {}
    }

    /**
     * How a certificate is judged.
     *
     * @param caFile PEM certificates to trust instead of the system's
     * @param serverName the name to ask for and to verify, when it is not the target's host
     * @param verify whether the chain and the name are verified
     */
    record TlsOptions(Optional<String> caFile, Optional<String> serverName, boolean verify) {
        /** The system's trust, the target's name. */
        public static final TlsOptions DEFAULT = new TlsOptions(Optional.empty(), Optional.empty(), true);
    }
}
