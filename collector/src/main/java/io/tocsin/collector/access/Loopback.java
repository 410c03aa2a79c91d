package io.tocsin.collector.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether an address is reached from this machine alone. */
final class Loopback {

    private Loopback() {}

    static boolean is(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("unknown host " + host, e);
        }
    }
}
