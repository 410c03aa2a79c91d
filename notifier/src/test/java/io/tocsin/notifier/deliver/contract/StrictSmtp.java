package io.tocsin.notifier.deliver.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server (RFC 5321, 3207, 4954) that wants TLS and a login before it takes anything. */
final class StrictSmtp implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SSLContext tls;
    private String password;
    private final List<String> messages = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private String atMail = "";
    private boolean silent;

    StrictSmtp(SSLContext tls, String password) throws IOException {
        this.tls = tls;
        this.password = password;
        var _ = threads.submit(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers so to the beginning of each mail. */
    synchronized void answersMail(String reply) {
        atMail = reply;
    }

    /** Wants another password from now on. */
    synchronized void expects(String other) {
        password = other;
    }

    private synchronized String password() {
        return password;
    }

    synchronized void fallSilent() {
        silent = true;
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private synchronized boolean isSilent() {
        return silent;
    }

    private synchronized String atMail() {
        return atMail;
    }

    private synchronized void violated(String what) {
        violations.add(what);
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                var _ = threads.submit(() -> talk(socket));
            }
        } catch (IOException e) {
            // The test is over: the socket is closed.
        }
    }

    private Void talk(Socket plain) throws Exception {
        Socket socket = plain;
        BufferedReader in = reader(socket);
        OutputStream out = socket.getOutputStream();
        boolean encrypted = false;
        boolean known = false;
        say(out, "220 mail.example ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0];
            if (isSilent()) {
                closed.await();
            }
            switch (verb) {
                case "EHLO" -> say(out, "250-mail.example\r\n" + (encrypted ? "250 AUTH PLAIN LOGIN" : "250 STARTTLS"));
                case "STARTTLS" -> {
                    say(out, "220 go ahead");
                    SSLSocket secure =
                            (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
                    secure.setUseClientMode(false);
                    secure.startHandshake();
                    socket = secure;
                    in = reader(socket);
                    out = socket.getOutputStream();
                    encrypted = true;
                }
                case "AUTH" -> {
                    String given = password(line, encrypted);
                    known = given.equals(password());
                    say(out, known ? "235 welcome" : "535 5.7.8 no, " + given + " is wrong");
                }
                case "MAIL" -> {
                    demand(encrypted && known, "MAIL before TLS and login");
                    demand(line.startsWith("MAIL FROM:<alerts@tocsin.example>"), line);
                    say(out, atMail().isEmpty() ? "250 ok" : atMail());
                }
                case "RCPT" -> {
                    demand(line.matches("RCPT TO:<(ops|dba)@example\\.org>.*"), line);
                    say(out, "250 ok");
                }
                case "DATA" -> {
                    say(out, "354 go on");
                    take(in);
                    say(out, "250 queued");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    socket.close();
                    return null;
                }
                default -> say(out, "250 ok");
            }
        }
        return null;
    }

    private String password(String line, boolean encrypted) {
        demand(encrypted, "AUTH before TLS");
        String[] parts = line.split(" ");
        demand(parts.length == 3 && parts[1].equals("PLAIN"), line);
        // RFC 4616: who is acted for, who logs in, by which password.
        String[] login = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8).split("\0", -1);
        demand(login.length == 3 && login[1].equals("bot"), "login as " + login[1]);
        return login[2];
    }

    private void take(BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            demand(line.length() <= 998, "a line of " + line.length());
            message.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        synchronized (this) {
            messages.add(message.toString());
        }
    }

    private void demand(boolean held, String violation) {
        if (!held) {
            violated(violation);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        threads.shutdownNow();
    }
}
