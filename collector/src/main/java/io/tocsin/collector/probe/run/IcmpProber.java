package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends an echo by the system's {@code ping}, which has the right to raw sockets that this process need not have. Where there is
 * none, or it may not, the verdict says so.
 */
final class IcmpProber implements Prober {

    private static final Pattern TIME = Pattern.compile("time[=<]([0-9.]+) ?ms");
    private static final Pattern HOPS = Pattern.compile("(?:ttl|hlim)=(\\d+)");
    private static final int MOST_OUTPUT = 64 << 10;
    private static final int NO_ANSWER = 1;

    private final Check.Icmp check;

    IcmpProber(Check.Icmp check) {
        this.check = check;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) throws InterruptedException {
        Seen.Icmp seen = new Seen.Icmp(Seen.Reached.NOT, Duration.ZERO, Optional.empty());
        Verdict verdict;
        try {
            Resolver resolved = Resolver.resolve(address);
            seen = new Seen.Icmp(resolved.reached(), Duration.ZERO, Optional.empty());
            seen = ping(resolved.address(), resolved.reached(), deadline);
            verdict = Verdict.pass();
        } catch (IOException e) {
            verdict = Failures.verdict(e);
        }
        return new Outcome(verdict, Findings.of(seen, verdict));
    }

    private Seen.Icmp ping(InetAddress address, Seen.Reached reached, Deadline deadline)
            throws IOException, InterruptedException {
        Process process = start(address, deadline);
        try {
            String output = new String(process.getInputStream().readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            if (!process.waitFor(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Broken(Reason.TIMEOUT, "no answer within the timeout");
            }
            return read(process.exitValue(), output, reached);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(InetAddress address, Deadline deadline) throws IOException {
        long seconds = Math.max(1, deadline.left().toSeconds());
        try {
            // The address is numeric here, and never an option.
            return new ProcessBuilder(List.of(
                            "ping",
                            "-n",
                            "-c",
                            "1",
                            "-W",
                            Long.toString(seconds),
                            "-w",
                            Long.toString(seconds),
                            "-s",
                            Integer.toString(check.bytes()),
                            address.getHostAddress()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new Broken(Reason.NOT_PERMITTED, "ping cannot be run: " + e.getMessage());
        }
    }

    static Seen.Icmp read(int exit, String output, Seen.Reached reached) throws Broken {
        Matcher time = TIME.matcher(output);
        if (exit == 0 && time.find()) {
            Matcher hops = HOPS.matcher(output);
            Duration roundTrip = Duration.ofNanos((long) (Double.parseDouble(time.group(1)) * 1e6));
            return new Seen.Icmp(
                    reached, roundTrip, hops.find() ? Optional.of(Integer.valueOf(hops.group(1))) : Optional.empty());
        }
        if (exit == NO_ANSWER && !output.contains("not permitted")) {
            throw new Broken(Reason.TIMEOUT, "no answer");
        }
        throw new Broken(
                Reason.NOT_PERMITTED, "ping: " + output.lines().findFirst().orElse("exit " + exit));
    }
}
