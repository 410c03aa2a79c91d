package io.tocsin.selfheal.action.systemd;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on other machines. Only a host whose key is in the known hosts is spoken to, only with the key that is
 * named: no agent, no password, nothing of this user's own configuration.
 */
final class Ssh implements AutoCloseable {

    private static final AttributeKey<Path> KNOWN_HOSTS = new AttributeKey<>();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final int LONGEST_OUTPUT = 64 * 1024;

    private @Nullable SshClient client;

    /** Work with somebody who is logged in. */
    @FunctionalInterface
    interface Work<T> {
        T with(ClientSession session) throws Trouble, InterruptedException;
    }

    private static SshClient client() {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setServerKeyVerifier((session, address, key) -> {
            AttributeRepository asked = Objects.requireNonNull(session.getConnectionContext());
            Path known = Objects.requireNonNull(asked.getAttribute(KNOWN_HOSTS));
            return new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, known)
                    .verifyServerKey(session, address, key);
        });
        client.start();
        return client;
    }

    private synchronized SshClient started() {
        SshClient known = client == null ? client() : client;
        client = known;
        return known;
    }

    /** Whom to log in to, and as whom. */
    record Login(String host, int port, String user, Path key, Path knownHosts) {
        @Override
        public String toString() {
            return user + "@" + host + ":" + port;
        }
    }

    /** What a command printed to both of its outputs, and its exit code. */
    record Result(int exit, String output) {}

    /**
     * Logs in, does some work, and logs out.
     *
     * @throws Trouble of the work, or when logging in is not possible
     */
    <T> T with(Login login, Work<T> work) throws Trouble, InterruptedException {
        ClientSession session = login(login);
        try {
            return work.with(session);
        } finally {
            session.close(true);
        }
    }

    private ClientSession login(Login login) throws Trouble {
        if (!Files.isReadable(login.knownHosts())) {
            throw new Trouble(End.REFUSED, "file " + login.knownHosts() + " cannot be read: no host is known");
        }
        List<KeyPair> keys = keys(login.key());
        ClientSession session = null;
        try {
            AttributeRepository context = AttributeRepository.ofKeyValuePair(KNOWN_HOSTS, login.knownHosts());
            session = started()
                    .connect(login.user(), login.host(), login.port(), context)
                    .verify(CONNECT)
                    .getSession();
            keys.forEach(session::addPublicKeyIdentity);
            session.auth().verify(CONNECT);
            return session;
        } catch (IOException | UnresolvedAddressException e) {
            if (session != null) {
                session.close(true);
            }
            throw trouble(login, e);
        }
    }

    private static List<KeyPair> keys(Path file) throws Trouble {
        try (InputStream in = Files.newInputStream(file)) {
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> found =
                    SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, FilePasswordProvider.EMPTY);
            if (found != null) {
                found.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw new Trouble(End.REFUSED, "file " + file + " holds no private key");
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new Trouble(End.REFUSED, "no private key can be read from file " + file, e);
        }
    }

    /**
     * Runs a command and waits for its end.
     *
     * @throws Trouble when it does not end in time, or the connection ends before it
     */
    static Result run(ClientSession session, String command, Duration timeout) throws Trouble, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ClientChannel channel = session.createExecChannel(command)) {
            channel.setRedirectErrorStream(true);
            channel.setOut(new Beginning(output));
            channel.open().verify(CONNECT);
            long end = System.nanoTime() + timeout.toNanos();
            while (!channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), ASK_EVERY)
                    .contains(ClientChannelEvent.CLOSED)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (System.nanoTime() - end >= 0) {
                    throw new Trouble(End.TIMED_OUT, command + " did not end in time");
                }
            }
            Integer exit = channel.getExitStatus();
            if (exit == null) {
                throw new Trouble(End.TIMED_OUT, "the connection ended before " + command + " did");
            }
            return new Result(exit, output.toString(StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new Trouble(End.TIMED_OUT, "the connection ended: " + e.getMessage(), e);
        }
    }

    /** Keeps the first bytes that are printed. */
    private static final class Beginning extends FilterOutputStream {
        private int left = LONGEST_OUTPUT;

        Beginning(OutputStream kept) {
            super(kept);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            if (left > 0) {
                left--;
                out.write(b);
            }
        }
    }

    private static Trouble trouble(Login login, Exception e) {
        String why = login + ": " + e.getMessage();
        return switch (e) {
            case SshException ssh
            when ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
                new Trouble(
                        End.REFUSED,
                        login + ": its host key is not the one in " + login.knownHosts() + ", nothing was sent",
                        e);
            case SshException ssh
            when ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
                new Trouble(End.REFUSED, login + ": the key is not accepted", e);
            default -> new Trouble(End.UNREACHABLE, why, e);
        };
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
        }
    }
}
