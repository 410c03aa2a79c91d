package io.tocsin.collector.probe.run;

import com.google.re2j.Pattern;
import io.tocsin.collector.probe.Addresses;
import io.tocsin.collector.probe.Addresses.HostPort;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Check.Exchange;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Judgement;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connects over TCP, with TLS or without, and holds a dialogue. */
final class TcpProber implements Prober {

    private final Check.Tcp check;
    private final Clock clock;

    TcpProber(Check.Tcp check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) {
        Session session = new Session(Addresses.hostPort(address), deadline);
        Verdict verdict;
        try {
            session.run();
            verdict = Judgement.of(check, session.seen(), clock.instant());
        } catch (IOException e) {
            verdict = Failures.verdict(e);
        }
        return new Outcome(verdict, Findings.of(session.seen(), verdict));
    }

    /** One connection. */
    private final class Session {
        private final HostPort target;
        private final Deadline deadline;
        private Seen.Reached reached = Seen.Reached.NOT;
        private Optional<Seen.Tls> tls = Optional.empty();

        Session(HostPort target, Deadline deadline) {
            this.target = target;
            this.deadline = deadline;
        }

        Seen.Tcp seen() {
            return new Seen.Tcp(reached, tls);
        }

        void run() throws IOException {
            Resolver resolved = Resolver.resolve(target.host());
            reached = resolved.reached();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(resolved.address(), target.port()), deadline.leftMillis());
                socket.setSoTimeout(deadline.leftMillis());
                Socket current = check.tls() ? secured(socket) : socket;
                for (Exchange exchange : check.dialogue()) {
                    current = exchange(exchange, current);
                }
            }
        }

        private Socket exchange(Exchange exchange, Socket socket) throws IOException {
            switch (exchange) {
                case Exchange.Send send -> {
                    socket.getOutputStream().write((send.text() + "\n").getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                }
                case Exchange.Expect expect -> {
                    LineReader lines = new LineReader(socket, deadline);
                    while (!expect.line().matcher(lines.next(expect.line())).find()) {
                        socket.setSoTimeout(deadline.leftMillis());
                    }
                }
                case Exchange.StartTls _ -> {
                    return secured(socket);
                }
            }
            return socket;
        }

        private Socket secured(Socket plain) throws IOException {
            Trust trust = Trust.of(check.tlsOptions());
            String name = check.tlsOptions().serverName().orElse(target.host());
            SSLSocket socket = (SSLSocket) trust.socketFactory().createSocket(plain, name, target.port(), true);
            socket.setSoTimeout(deadline.leftMillis());
            SSLParameters parameters = socket.getSSLParameters();
            if (check.tlsOptions().verify()) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            check.tlsOptions()
                    .serverName()
                    .ifPresent(own -> parameters.setServerNames(java.util.List.of(new SNIHostName(own))));
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
                tls = trust.seen(socket.getSession());
                return socket;
            } catch (IOException e) {
                tls = trust.seen("", "");
                throw e;
            }
        }
    }

    /** Lines as they come, byte by byte: what follows them belongs to TLS, perhaps. */
    private record LineReader(Socket socket, Deadline deadline) {
        private static final int MOST_BYTES = 64 << 10;

        String next(Pattern wanted) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int read = socket.getInputStream().read();
                    read != '\n';
                    read = socket.getInputStream().read()) {
                if (read < 0 && line.isEmpty()) {
                    throw new Broken(Reason.RESPONSE, "the connection ended before a line matched " + wanted);
                }
                if (read < 0) {
                    return line.toString();
                }
                if (line.length() >= MOST_BYTES) {
                    throw new Broken(Reason.RESPONSE, "a line of more than " + MOST_BYTES + " bytes");
                }
                deadline.left();
                line.append((char) read);
            }
            return line.toString();
        }
    }
}
