package io.tocsin.collector.probe.run;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.tocsin.collector.probe.Addresses;
import io.tocsin.collector.probe.Addresses.HostPort;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Judgement;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the standard health service.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">the protocol</a>
 */
final class GrpcProber implements Prober {

    private final Check.Grpc check;
    private final Clock clock;

    GrpcProber(Check.Grpc check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) {
        Seen.Grpc seen =
                new Seen.Grpc(Seen.Reached.NOT, Duration.ZERO, code(Status.Code.UNKNOWN), "", Optional.empty());
        Verdict verdict;
        try {
            HostPort target = Addresses.hostPort(address);
            Resolver resolved = Resolver.resolve(target.host());
            Trust trust = Trust.of(check.tlsOptions());
            seen = ask(target, resolved, trust, deadline);
            verdict = verdict(seen);
        } catch (IOException e) {
            verdict = Failures.verdict(e);
        }
        return new Outcome(verdict, Findings.of(seen, verdict));
    }

    private Verdict verdict(Seen.Grpc seen) {
        if (seen.status() == code(Status.Code.UNAVAILABLE)) {
            return Verdict.failed(Reason.CONNECT, "no connection");
        }
        return seen.status() == code(Status.Code.DEADLINE_EXCEEDED)
                ? Verdict.failed(Reason.TIMEOUT, "not within the timeout")
                : Judgement.of(check, seen, clock.instant());
    }

    private Seen.Grpc ask(HostPort target, Resolver resolved, Trust trust, Deadline deadline) throws IOException {
        ManagedChannel channel = channel(target, resolved, trust);
        long begin = System.nanoTime();
        Status.Code status = Status.Code.OK;
        String serving = "";
        try {
            serving = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(deadline.left().toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.newBuilder()
                            .setService(check.service())
                            .build())
                    .getStatus()
                    .name();
        } catch (StatusRuntimeException e) {
            status = e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Seen.Grpc(resolved.reached(), took, code(status), serving, trust.seen("", ""));
    }

    private ManagedChannel channel(HostPort target, Resolver resolved, Trust trust) throws IOException {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(new InetSocketAddress(resolved.address(), target.port()));
        if (!check.tls()) {
            return builder.usePlaintext().build();
        }
        return builder.overrideAuthority(check.tlsOptions().serverName().orElse(target.host()))
                .sslContext(GrpcSslContexts.forClient().trustManager(trust).build())
                .build();
    }

    private static int code(Status.Code code) {
        return code.value();
    }
}
