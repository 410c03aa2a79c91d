package io.tocsin.console.access;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

/** Puts access together, and refuses to start where everybody could change everything. */
@Factory
final class AccessFactory {

    private static final int MOST_SESSIONS = 10_000;

    @Singleton
    Hosts hosts(AccessSettings settings) {
        return new Hosts(Set.copyOf(settings.hosts()));
    }

    /** @throws IllegalStateException when it would listen off loopback without accounts */
    @Context
    Access access(
            AccessSettings settings, InstantSource clock, @Value("${micronaut.server.host:127.0.0.1}") String address) {
        AccountsFile accounts = new AccountsFile(settings.users());
        if (!Hosts.isLoopback(address) && !accounts.isThere()) {
            throw new IllegalStateException("the console would listen on " + address
                    + " for everybody: set tocsin.console.access.users-file, or let it listen on 127.0.0.1");
        }
        SecureRandom random = new SecureRandom();
        Sessions sessions = new Sessions(random, settings.sessionIdle(), settings.sessionLongest(), MOST_SESSIONS);
        return new Access(accounts, sessions, random, clock);
    }
}
