package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HostsTest {

    private final Hosts hosts = new Hosts(Set.of("Tocsin.example"));

    @Test
    void allowsItsNamesWithAnyPort() {
        assertThat(hosts.allows("localhost:8080")).isTrue();
        assertThat(hosts.allows("127.0.0.1")).isTrue();
        assertThat(hosts.allows("[::1]:8080")).isTrue();
        assertThat(hosts.allows("tocsin.EXAMPLE:443")).isTrue();
    }

    @Test
    void allowsNoOther() {
        assertThat(hosts.allows("")).isFalse();
        assertThat(hosts.allows("rebound.example:8080")).isFalse();
        assertThat(hosts.allows("localhost.evil.example")).isFalse();
        assertThat(hosts.allows("evil.example:80@localhost")).isFalse();
    }

    @Test
    void knowsWhatOthersCannotReach() {
        assertThat(Hosts.isLoopback("127.0.0.1")).isTrue();
        assertThat(Hosts.isLoopback("::1")).isTrue();
        assertThat(Hosts.isLoopback("0.0.0.0")).isFalse();
        assertThat(Hosts.isLoopback("10.0.0.7")).isFalse();
    }
}
