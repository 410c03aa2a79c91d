package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check;
import java.time.Clock;

/** Who does which check. */
final class Probers {

    private Probers() {}

    static Prober of(Check check, Clock clock) {
        return switch (check) {
            case Check.Http http -> new HttpProber(http, clock);
            case Check.Tcp tcp -> new TcpProber(tcp, clock);
            case Check.Dns dns -> new DnsProber(dns);
            case Check.Grpc grpc -> new GrpcProber(grpc, clock);
            case Check.Icmp icmp -> new IcmpProber(icmp);
            case Check.Journey journey -> new JourneyProber(journey, clock);
        };
    }
}
