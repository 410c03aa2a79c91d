package io.tocsin.collector.probe;

import com.google.re2j.Pattern;
import io.tocsin.collector.probe.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what was seen is what was expected; the first difference is the reason. */
public final class Judgement {

    private static final String SERVING = "SERVING";

    private Judgement() {}

    /** Judges an answer over HTTP. */
    public static Verdict of(HttpExpectation expect, Seen.Http seen, Instant now) {
        if (expect.status().stream().noneMatch(range -> range.holds(seen.status()))) {
            return Verdict.failed(
                    Reason.STATUS, "the status is " + seen.status() + ", expected one of " + expect.status());
        }
        return tlsExpected(expect, seen)
                .or(() -> headers(expect, seen))
                .or(() -> body(expect, seen.body()))
                .or(() -> certificate(expect.validFor(), seen.tls(), now))
                .orElse(Verdict.pass());
    }

    private static Optional<Verdict> tlsExpected(HttpExpectation expect, Seen.Http seen) {
        return expect.tls()
                .filter(wanted -> wanted != seen.tls().isPresent())
                .map(wanted -> Verdict.failed(
                        Reason.TLS_EXPECTED,
                        wanted ? "the answer came without TLS" : "the answer came with TLS, expected none"));
    }

    private static Optional<Verdict> headers(HttpExpectation expect, Seen.Http seen) {
        for (Map.Entry<String, Pattern> header : expect.headers().entrySet()) {
            List<String> values = seen.headers().getOrDefault(header.getKey(), List.of());
            if (values.stream()
                    .noneMatch(value -> header.getValue().matcher(value).find())) {
                return Optional.of(Verdict.failed(
                        Reason.HEADER, "header " + header.getKey() + " does not match " + header.getValue()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Verdict> body(HttpExpectation expect, String body) {
        for (Pattern pattern : expect.body()) {
            if (!pattern.matcher(body).find()) {
                return Optional.of(Verdict.failed(Reason.BODY, "the body does not match " + pattern));
            }
        }
        for (Pattern pattern : expect.notBody()) {
            if (pattern.matcher(body).find()) {
                return Optional.of(Verdict.failed(Reason.BODY, "the body matches " + pattern));
            }
        }
        return Optional.empty();
    }

    /** Judges the certificate of a connection over TCP. */
    public static Verdict of(Check.Tcp check, Seen.Tcp seen, Instant now) {
        return certificate(check.validFor(), seen.tls(), now).orElse(Verdict.pass());
    }

    /** Judges what a health service says. */
    public static Verdict of(Check.Grpc check, Seen.Grpc seen, Instant now) {
        if (!seen.serving().equals(SERVING)) {
            String said = seen.serving().isEmpty() ? "gRPC status " + seen.status() : seen.serving();
            return Verdict.failed(Reason.NOT_SERVING, "the health service says " + said);
        }
        return certificate(check.validFor(), seen.tls(), now).orElse(Verdict.pass());
    }

    /** Judges what a name server answers. */
    public static Verdict of(Check.Dns check, Seen.Dns seen) {
        if (!check.codes().contains(seen.code())) {
            return Verdict.failed(Reason.STATUS, "the response code is " + seen.code());
        }
        if (seen.answers().size() < check.leastAnswers()) {
            return Verdict.failed(
                    Reason.ANSWER,
                    seen.answers().size() + " records in the answer, expected at least " + check.leastAnswers());
        }
        for (Pattern pattern : check.answers()) {
            if (seen.answers().stream().noneMatch(text -> pattern.matcher(text).find())) {
                return Verdict.failed(Reason.ANSWER, "no record of the answer matches " + pattern);
            }
        }
        for (Pattern pattern : check.notAnswers()) {
            if (seen.answers().stream().anyMatch(text -> pattern.matcher(text).find())) {
                return Verdict.failed(Reason.ANSWER, "a record of the answer matches " + pattern);
            }
        }
        return Verdict.pass();
    }

    private static Optional<Verdict> certificate(Duration validFor, Optional<Seen.Tls> tls, Instant now) {
        return tls.map(Seen.Tls::earliestExpiry)
                .filter(expiry -> !validFor.isZero() && expiry.isBefore(now.plus(validFor)))
                .map(expiry -> Verdict.failed(
                        Reason.CERTIFICATE, "a certificate is valid until " + expiry + ", less than " + validFor));
    }
}
