package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.FakeNameServer;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict.Reason;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DnsProberTest {

    @Test
    void answersAreCountedAndJudged() throws Exception {
        try (FakeNameServer server = new FakeNameServer(
                "shop.example. 60 A 192.0.2.1",
                "shop.example. 60 A 192.0.2.2",
                "example. 60 SOA ns.example. admin.example. 2026010100 1 1 1 1")) {
            Outcome both = run(
                    "dns: {query: shop.example, expect: {answer: '192\\.0\\.2\\.1$', least_answers: 2}}",
                    server.address());
            assertPassed(both);
            assertThat(value(both, "probe_dns_answer_rrs")).isEqualTo(2);
            assertThat(value(both, "probe_dns_query_succeeded")).isEqualTo(1);
            assertThat(value(both, "probe_dns_duration_seconds", "{phase=request}"))
                    .isPositive();

            assertThat(reason(run("dns: {query: absent.example}", server.address())))
                    .isEqualTo(Reason.STATUS);
            assertPassed(run("dns: {query: absent.example, expect: {rcode: NXDOMAIN}}", server.address()));
            assertThat(reason(run("dns: {query: shop.example, expect: {not_answer: '2$'}}", server.address())))
                    .isEqualTo(Reason.ANSWER);

            Outcome soa = run("dns: {query: example, type: soa}", server.address());
            assertThat(value(soa, "probe_dns_serial")).isEqualTo(2026010100.0);
        }
    }

    @Test
    void aServerThatDoesNotAnswerFailsAtTheTimeout() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Outcome outcome = run("dns: {query: a}", "127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(300));
            assertThat(reason(outcome)).isEqualTo(Reason.TIMEOUT);
            assertThat(value(outcome, "probe_dns_query_succeeded")).isZero();
        }
    }
}
