package io.tocsin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.tocsin.collector.probe.HttpExpectation.StatusRange;
import io.tocsin.collector.probe.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final HttpExpectation SUCCESS =
            expect(List.of(), List.of(), Map.of(), Optional.empty(), Duration.ZERO);

    private static HttpExpectation expect(
            List<String> body,
            List<String> notBody,
            Map<String, String> headers,
            Optional<Boolean> tls,
            Duration validFor) {
        Map<String, Pattern> patterns = new java.util.HashMap<>();
        headers.forEach((name, value) -> patterns.put(name, Pattern.compile(value)));
        return new HttpExpectation(
                List.of(StatusRange.SUCCESS),
                body.stream().map(Pattern::compile).toList(),
                notBody.stream().map(Pattern::compile).toList(),
                patterns,
                tls,
                validFor);
    }

    static Seen.Http http(int status, String body, Optional<Seen.Tls> tls) {
        return new Seen.Http(
                new Seen.Reached(Duration.ofMillis(1), 4),
                status,
                1.1,
                Map.of("content-type", List.of("text/plain")),
                body,
                body.length(),
                body.length(),
                0,
                Map.of("connect", Duration.ofMillis(2)),
                tls,
                Optional.empty());
    }

    static Optional<Seen.Tls> tls(Instant expiry) {
        return Optional.of(new Seen.Tls(
                "TLS 1.3", "TLS_AES_128_GCM_SHA256", expiry, new Seen.Leaf("ab", "CN=a", "CN=b", "a", "1")));
    }

    private static Reason reason(Verdict verdict) {
        return ((Verdict.Failed) verdict).reason();
    }

    @Test
    void successPasses() {
        assertThat(Judgement.of(SUCCESS, http(204, "", Optional.empty()), NOW).passed())
                .isTrue();
    }

    @Test
    void anotherStatusFailsWhateverTheBody() {
        HttpExpectation expect = expect(List.of("fine"), List.of(), Map.of(), Optional.empty(), Duration.ZERO);
        assertThat(reason(Judgement.of(expect, http(500, "fine", Optional.empty()), NOW)))
                .isEqualTo(Reason.STATUS);
    }

    @Test
    void everyPatternOfTheBodyMustMatchAndNoneOfTheForbidden() {
        HttpExpectation expect = expect(
                List.of("\"status\": *\"up\"", "db"), List.of("degraded"), Map.of(), Optional.empty(), Duration.ZERO);
        assertThat(Judgement.of(expect, http(200, "{\"status\": \"up\", \"db\": 1}", Optional.empty()), NOW)
                        .passed())
                .isTrue();
        assertThat(reason(Judgement.of(expect, http(200, "{\"status\": \"up\"}", Optional.empty()), NOW)))
                .isEqualTo(Reason.BODY);
        assertThat(reason(Judgement.of(
                        expect, http(200, "{\"status\": \"up\", \"db\": \"degraded\"}", Optional.empty()), NOW)))
                .isEqualTo(Reason.BODY);
    }

    @Test
    void aHeaderThatIsMissingDoesNotMatch() {
        HttpExpectation type =
                expect(List.of(), List.of(), Map.of("content-type", "json"), Optional.empty(), Duration.ZERO);
        HttpExpectation absent = expect(List.of(), List.of(), Map.of("x-a", ""), Optional.empty(), Duration.ZERO);
        assertThat(reason(Judgement.of(type, http(200, "", Optional.empty()), NOW)))
                .isEqualTo(Reason.HEADER);
        assertThat(reason(Judgement.of(absent, http(200, "", Optional.empty()), NOW)))
                .isEqualTo(Reason.HEADER);
    }

    @Test
    void tlsIsExpectedOrForbidden() {
        Optional<Seen.Tls> valid = tls(NOW.plusSeconds(1));
        HttpExpectation required = expect(List.of(), List.of(), Map.of(), Optional.of(true), Duration.ZERO);
        HttpExpectation forbidden = expect(List.of(), List.of(), Map.of(), Optional.of(false), Duration.ZERO);
        assertThat(Judgement.of(required, http(200, "", valid), NOW).passed()).isTrue();
        assertThat(reason(Judgement.of(required, http(200, "", Optional.empty()), NOW)))
                .isEqualTo(Reason.TLS_EXPECTED);
        assertThat(reason(Judgement.of(forbidden, http(200, "", valid), NOW))).isEqualTo(Reason.TLS_EXPECTED);
    }

    @Test
    void aCertificateMustBeValidForAsLongAsAsked() {
        HttpExpectation twoWeeks = expect(List.of(), List.of(), Map.of(), Optional.empty(), Duration.ofDays(14));
        Instant exactly = NOW.plus(Duration.ofDays(14));
        assertThat(Judgement.of(twoWeeks, http(200, "", tls(exactly)), NOW).passed())
                .isTrue();
        assertThat(reason(Judgement.of(twoWeeks, http(200, "", tls(exactly.minusSeconds(1))), NOW)))
                .isEqualTo(Reason.CERTIFICATE);
    }

    @Test
    void aHealthServiceMustSayServing() {
        Check.Grpc check = new Check.Grpc("", false, Check.TlsOptions.DEFAULT, Duration.ZERO);
        assertThat(Judgement.of(check, grpc("SERVING"), NOW).passed()).isTrue();
        assertThat(reason(Judgement.of(check, grpc("NOT_SERVING"), NOW))).isEqualTo(Reason.NOT_SERVING);
        assertThat(reason(Judgement.of(check, grpc(""), NOW))).isEqualTo(Reason.NOT_SERVING);
    }

    private static Seen.Grpc grpc(String serving) {
        return new Seen.Grpc(Seen.Reached.NOT, Duration.ZERO, 0, serving, Optional.empty());
    }

    @Test
    void aNameServersAnswerIsJudgedByCodeNumberAndText() {
        Check.Dns check = new Check.Dns(
                "shop.example",
                "A",
                false,
                true,
                Set.of("NOERROR"),
                List.of(Pattern.compile("192\\.0\\.2\\.1$")),
                List.of(Pattern.compile("203\\.0\\.113\\.")),
                1);
        assertThat(Judgement.of(check, dns("NOERROR", "shop.example. 60 IN A 192.0.2.1"))
                        .passed())
                .isTrue();
        assertThat(reason(Judgement.of(check, dns("NXDOMAIN")))).isEqualTo(Reason.STATUS);
        assertThat(reason(Judgement.of(check, dns("NOERROR")))).isEqualTo(Reason.ANSWER);
        assertThat(reason(Judgement.of(check, dns("NOERROR", "a 60 IN A 192.0.2.2"))))
                .isEqualTo(Reason.ANSWER);
        assertThat(reason(Judgement.of(check, dns("NOERROR", "a 60 IN A 192.0.2.1", "a 60 IN A 203.0.113.9"))))
                .isEqualTo(Reason.ANSWER);
    }

    private static Seen.Dns dns(String code, String... answers) {
        return new Seen.Dns(Seen.Reached.NOT, Duration.ZERO, code, List.of(answers), 0, 0, Optional.empty());
    }
}
