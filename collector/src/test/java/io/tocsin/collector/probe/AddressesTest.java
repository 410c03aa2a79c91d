package io.tocsin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.probe.Addresses.HostPort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final Check TCP = new Check.Tcp(false, Check.TlsOptions.DEFAULT, Duration.ZERO, List.of());

    @Test
    void hostsWithPortsAreRead() {
        assertThat(Addresses.hostPort("db:5432")).isEqualTo(new HostPort("db", 5432));
        assertThat(Addresses.hostPort("[2001:db8::1]:5432")).isEqualTo(new HostPort("2001:db8::1", 5432));
        assertThat(Addresses.nameServer("192.0.2.53")).isEqualTo(new HostPort("192.0.2.53", 53));
        assertThat(Addresses.nameServer("2001:db8::53")).isEqualTo(new HostPort("2001:db8::53", 53));
        assertThat(Addresses.nameServer("[2001:db8::53]")).isEqualTo(new HostPort("2001:db8::53", 53));
        assertThat(Addresses.nameServer("ns.example:5353")).isEqualTo(new HostPort("ns.example", 5353));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "db", "db:", ":5432", "db:0", "db:65536", "db:http", "2001:db8::1", "d b:1", "http://db:1"})
    void whatIsNoHostWithAPortIsRefused(String address) {
        assertThat(Addresses.problem(TCP, address)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-c", "-f 1", "a b", "a;b"})
    void nothingThatPingCouldTakeForAnOptionIsAHost(String address) {
        assertThat(Addresses.problem(new Check.Icmp(56), address)).isPresent();
    }
}
