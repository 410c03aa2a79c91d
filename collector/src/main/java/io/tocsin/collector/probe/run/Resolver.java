package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Seen;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Finds the address of a host, and how long that took. */
record Resolver(InetAddress address, Seen.Reached reached) {

    /** @throws UnknownHostException when the name has no address */
    static Resolver resolve(String host) throws UnknownHostException {
        long begin = System.nanoTime();
        InetAddress address = InetAddress.getByName(host);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Resolver(address, new Seen.Reached(took, protocol(address)));
    }

    static int protocol(InetAddress address) {
        return address instanceof Inet6Address ? 6 : 4;
    }
}
