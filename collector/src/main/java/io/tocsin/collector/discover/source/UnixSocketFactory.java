package io.tocsin.collector.discover.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/** Sockets to one path, for a client that knows only hosts: whatever it connects to is there. */
final class UnixSocketFactory extends SocketFactory {

    /** An address that no packet is ever sent to. */
    static final InetAddress NOWHERE = InetAddress.getLoopbackAddress();

    private final UnixDomainSocketAddress path;

    UnixSocketFactory(String path) {
        this.path = UnixDomainSocketAddress.of(path);
    }

    @Override
    public Socket createSocket() throws IOException {
        return new UnixSocket(SocketChannel.open(StandardProtocolFamily.UNIX), path);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("connects by createSocket() only");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException("connects by createSocket() only");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException("connects by createSocket() only");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException("connects by createSocket() only");
    }

    /** A channel as a socket. Timeouts are the caller's: OkHttp closes a call that is late. */
    private static final class UnixSocket extends Socket {
        private final SocketChannel channel;
        private final UnixDomainSocketAddress path;

        UnixSocket(SocketChannel channel, UnixDomainSocketAddress path) {
            this.channel = channel;
            this.path = path;
        }

        @Override
        public void connect(SocketAddress ignored, int timeout) throws IOException {
            channel.connect(path);
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void setSoTimeout(int timeout) {
            // See above.
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public boolean isInputShutdown() {
            return !channel.isOpen();
        }

        @Override
        public boolean isOutputShutdown() {
            return !channel.isOpen();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return new InetSocketAddress(NOWHERE, 0);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
