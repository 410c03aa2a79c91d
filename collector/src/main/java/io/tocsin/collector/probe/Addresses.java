package io.tocsin.collector.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Which addresses a check can go to. */
public final class Addresses {

    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /** A host with a port. */
    public record HostPort(String host, int port) {}

    /** Why a check cannot go to an address; nothing when it can. */
    public static Optional<String> problem(Check check, String address) {
        return switch (check) {
            case Check.Http _, Check.Journey _ -> urlProblem(address);
            case Check.Icmp _ ->
                address.matches("[A-Za-z0-9:][A-Za-z0-9_.:%-]*")
                        ? Optional.empty()
                        : Optional.of("expected a host, found \"" + address + "\"");
            case Check.Dns _ -> portProblem(address, DNS_PORT);
            case Check.Tcp _, Check.Grpc _ -> portProblem(address, 0);
        };
    }

    /** The name server that an address stands for; port 53 when none is given. */
    public static HostPort nameServer(String address) {
        return parse(address, DNS_PORT).orElseThrow(() -> new IllegalArgumentException(address));
    }

    /** The host and port of an address. */
    public static HostPort hostPort(String address) {
        return parse(address, 0).orElseThrow(() -> new IllegalArgumentException(address));
    }

    private static Optional<String> portProblem(String address, int otherwise) {
        return parse(address, otherwise).isPresent()
                ? Optional.empty()
                : Optional.of("expected host:port, found \"" + address + "\"");
    }

    private static Optional<HostPort> parse(String address, int otherwise) {
        int colon = address.lastIndexOf(':');
        boolean isIpv6 = address.indexOf(':') != colon && !address.startsWith("[");
        boolean bare = colon < 0 || address.endsWith("]") || isIpv6;
        String host = bare ? address : address.substring(0, colon);
        String port = bare ? Integer.toString(otherwise) : address.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || host.isEmpty()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean valid = number > 0 && number <= MAX_PORT && plain.matches("[A-Za-z0-9_.:%-]+");
        return valid ? Optional.of(new HostPort(plain, number)) : Optional.empty();
    }

    private static Optional<String> urlProblem(String address) {
        try {
            URI uri = new URI(address);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                return Optional.of("expected a URL with http or https, found \"" + address + "\"");
            }
            // The address becomes a label: nothing secret may stand in it.
            return uri.getUserInfo() == null
                    ? Optional.empty()
                    : Optional.of("a URL must not carry a password; credentials are given by \"auth\"");
        } catch (URISyntaxException e) {
            return Optional.of("expected a URL, found \"" + address + "\"");
        }
    }
}
