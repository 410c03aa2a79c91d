package io.tocsin.benchmarks.overload;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that sends the same request again and again: as little work as a sender can have, because it shares the
 * processors with what it measures.
 */
final class Connection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String LENGTH = "content-length:";

    private final int port;
    private final byte[] request;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Connection(int port, byte[] gzipped) throws IOException {
        this.port = port;
        this.request = request(port, gzipped);
        this.socket = open();
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    private Socket open() throws IOException {
        Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout(TIMEOUT_MILLIS);
        return fresh;
    }

    private static byte[] request(int port, byte[] gzipped) {
        byte[] head = ("POST /v1/metrics HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/x-protobuf\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + gzipped.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + gzipped.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(gzipped, 0, whole, head.length, gzipped.length);
        return whole;
    }

    /** Sends it, and gives the status of the answer; connects again when the other side has closed. */
    int send() throws IOException {
        try {
            return exchange();
        } catch (IOException _) {
            close();
            socket = open();
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            return exchange();
        }
    }

    private int exchange() throws IOException {
        out.write(request);
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).trim());
            }
        }
        in.skipNBytes(length);
        return Integer.parseInt(status.split(" ", -1)[1]);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
