package io.tocsin.console.access;

import io.tocsin.console.access.Accounts.Account;
import io.tocsin.console.access.Sessions.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Knows who is behind a cookie, and lets people in. Without accounts everybody is the one local administrator. */
final class Access {

    /** Each check of a password takes memory and a core. */
    private static final int CHECKS_AT_A_TIME = 2;

    private final AccountsFile accounts;
    private final Sessions sessions;
    private final InstantSource clock;
    private final Attempts attempts = new Attempts();
    private final Semaphore checks = new Semaphore(CHECKS_AT_A_TIME);
    /** Checked for names that nobody has, so that they take as long as the others. */
    private final PasswordHash nobody;
    /** Carried by forms that are filled in before anybody is known. */
    private final String anonymousCsrf;

    Access(AccountsFile accounts, Sessions sessions, SecureRandom random, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
        this.anonymousCsrf = Sessions.token(random);
        this.nobody = PasswordHash.create(Sessions.token(random).toCharArray(), random);
    }

    /** What became of an attempt to sign in. */
    sealed interface SignIn {

        /** A session began. */
        record Welcome(String token) implements SignIn {}

        /** Name or password is wrong; which of them is not said. */
        record Wrong() implements SignIn {}

        /** Too many failures: try again after this time. */
        record Wait(Duration time) implements SignIn {}
    }

    /** Whether people must sign in. */
    boolean isRequired() {
        return accounts.isThere();
    }

    /** The token of forms of somebody who has not signed in. */
    String anonymousCsrf() {
        return anonymousCsrf;
    }

    /** Who is behind a cookie; empty when they must sign in first. */
    Optional<Viewer> viewer(String token) {
        if (!isRequired()) {
            return Optional.of(new Viewer("local", Role.ADMIN, anonymousCsrf, false));
        }
        return sessions.find(token, clock.instant()).flatMap(this::current);
    }

    /** The role is the one of now: an account that was taken away, or lost its role, has lost it at once. */
    private Optional<Viewer> current(Session session) {
        Optional<Role> role = session.local()
                ? accounts.current().find(session.name()).map(Account::role)
                : Optional.of(session.role());
        return role.map(now -> new Viewer(session.name(), now, session.csrf(), true));
    }

    SignIn signIn(String name, char[] password, String address) {
        Instant now = clock.instant();
        Duration wait = longer(attempts.wait("name " + name, now), attempts.wait("address " + address, now));
        if (wait.isPositive()) {
            return new SignIn.Wait(wait);
        }
        if (!checks.tryAcquire()) {
            return new SignIn.Wait(Duration.ofSeconds(1));
        }
        try {
            return check(name, password, address, now);
        } finally {
            checks.release();
        }
    }

    private SignIn check(String name, char[] password, String address, Instant now) {
        Optional<Account> account = accounts.current().find(name);
        boolean right = account.map(Account::password).orElse(nobody).matches(password);
        if (account.isEmpty() || !right) {
            attempts.failed("name " + name, now);
            attempts.failed("address " + address, now);
            return new SignIn.Wrong();
        }
        attempts.succeeded("name " + name);
        attempts.succeeded("address " + address);
        return new SignIn.Welcome(sessions.begin(name, account.get().role(), true, now));
    }

    void signOut(String token) {
        sessions.end(token);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
