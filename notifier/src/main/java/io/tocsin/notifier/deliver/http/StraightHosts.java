package io.tocsin.notifier.deliver.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that are reached without a proxy, as Go's {@code httpproxy} reads NO_PROXY: a domain stands for its subdomains
 * too, one with a leading dot for these alone; addresses, CIDR blocks, ports and {@code *} are understood.
 */
final class StraightHosts {

    private final List<String> entries;

    StraightHosts(String noProxy) {
        this.entries = Arrays.stream(noProxy.split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    boolean contains(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        int defaultPort = "https".equals(uri.getScheme()) ? 443 : 80;
        int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
        return entries.stream().anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*") || entry.equals(host)) {
            return true;
        }
        if (entry.contains("/")) {
            return isAddress(host) && inBlock(entry, host);
        }
        boolean hasPort = entry.matches("[^:]+:\\d+|\\[.*]:\\d+");
        String name = hasPort ? entry.substring(0, entry.lastIndexOf(':')) : entry;
        if (hasPort && Integer.parseInt(entry.substring(entry.lastIndexOf(':') + 1)) != port) {
            return false;
        }
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        return domain.startsWith(".") ? host.endsWith(domain) : host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9.]+") || host.contains(":");
    }

    private static boolean inBlock(String block, String host) {
        try {
            String[] parts = block.split("/", 2);
            byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            int shift = network.length * 8 - Integer.parseInt(parts[1]);
            return network.length == address.length
                    && shift >= 0
                    && new BigInteger(1, network)
                            .shiftRight(shift)
                            .equals(new BigInteger(1, address).shiftRight(shift));
        } catch (IllegalArgumentException e) {
            // What is no block matches nothing, as with Go.
            return false;
        }
    }
}
