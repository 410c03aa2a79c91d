package io.tocsin.console.access;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which browsers may speak to the console. A page of another site can make its own name lead here (DNS
 * rebinding); the Host header still says that name.
 *
 * @param allowed in lower case, without ports
 */
record Hosts(Set<String> allowed) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    Hosts {
        Set<String> all = new TreeSet<>(LOOPBACK);
        allowed.forEach(host -> all.add(host.toLowerCase(Locale.ROOT)));
        allowed = Set.copyOf(all);
    }

    /** Whether this Host header is one of them; the port does not matter. */
    boolean allows(String header) {
        return allowed.contains(name(header));
    }

    /** Whether a server that listens on this address can be reached from this machine alone. */
    static boolean isLoopback(String address) {
        return address.equals("localhost")
                || address.startsWith("127.")
                || address.equals("::1")
                || address.equals("[::1]");
    }

    private static String name(String header) {
        String host = header.strip().toLowerCase(Locale.ROOT);
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }
}
