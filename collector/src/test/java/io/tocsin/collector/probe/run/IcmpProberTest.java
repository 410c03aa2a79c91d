package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IcmpProberTest {

    private static final Seen.Reached REACHED = new Seen.Reached(Duration.ZERO, 4);

    @Test
    void anEchoOfThisMachineComesBack() throws Exception {
        Outcome outcome = run("icmp: {}", "127.0.0.1");
        boolean may = outcome.verdict().passed() || reason(outcome) != Reason.NOT_PERMITTED;
        System.out.println(may ? "ping may be used here" : "skipped: ping is absent or not permitted here");
        assumeTrue(may, "ping is absent or not permitted here");
        assertPassed(outcome);
        assertThat(value(outcome, "probe_icmp_duration_seconds", "{phase=rtt}")).isBetween(0.0, 1.0);
        assertThat(value(outcome, "probe_icmp_reply_hop_limit")).isEqualTo(64);
    }

    @Test
    void theWordsOfPingAreUnderstood() throws Exception {
        assertThat(IcmpProber.read(0, "64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=12.5 ms", REACHED))
                .satisfies(seen -> {
                    assertThat(seen.roundTrip()).isEqualTo(Duration.ofNanos(12_500_000));
                    assertThat(seen.hopLimit()).contains(57);
                });
        // As busybox says it.
        assertThat(IcmpProber.read(0, "64 bytes from 192.0.2.1: seq=0 ttl=64 time=0.061 ms", REACHED)
                        .roundTrip())
                .isEqualTo(Duration.ofNanos(61_000));
    }

    @Test
    void noAnswerIsTheTargetsFaultAndNoPermissionIsNot() {
        assertThat(failure(1, "1 packets transmitted, 0 received, 100% packet loss"))
                .isEqualTo(Reason.TIMEOUT);
        assertThat(failure(2, "ping: socktype: SOCK_RAW: Operation not permitted"))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(failure(1, "ping: permission denied (are you root?) not permitted"))
                .isEqualTo(Reason.NOT_PERMITTED);
    }

    private static Reason failure(int exit, String output) {
        return catchThrowableOfType(Prober.Broken.class, () -> IcmpProber.read(exit, output, REACHED))
                .reason();
    }
}
