package io.tocsin.selfheal.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A TCP connection to a local port that a test can cut. */
final class Cable implements AutoCloseable {

    private final ServerSocket listening;
    private final int to;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    Cable(int to) throws IOException {
        this.to = to;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = listening.accept();
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(from);
                open.add(onward);
                Thread.ofVirtual().start(() -> copy(from, onward));
                Thread.ofVirtual().start(() -> copy(onward, from));
            }
        } catch (IOException e) {
            // It was cut.
            close();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction ended, or it was cut: both ends are closed.
            return;
        }
    }

    /** Cuts it for good. */
    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
