package io.tocsin.selfheal.action.haproxy;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;

/** HAProxy's runtime API (management guide, section 9.3): one command on a connection, the answer until its end. */
final class RuntimeApi {

    private static final String UNIX = "unix:";
    private static final int LONGEST_ANSWER = 4 << 20;

    private RuntimeApi() {}

    /**
     * What HAProxy answers.
     *
     * @param address {@code unix:/path} or {@code tcp://host:port}
     * @throws Trouble when it does not
     */
    static String ask(String address, String command) throws Trouble, InterruptedException {
        try (SocketChannel channel = connect(address)) {
            channel.write(ByteBuffer.wrap((command + '\n').getBytes(StandardCharsets.US_ASCII)));
            return answer(channel);
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException();
        } catch (ConnectException | UnknownHostException e) {
            throw new Trouble(End.UNREACHABLE, address + ": " + e.getMessage(), e);
        } catch (UnresolvedAddressException e) {
            throw new Trouble(End.UNREACHABLE, address + ": there is no such host", e);
        } catch (SocketException e) {
            boolean denied = String.valueOf(e.getMessage()).contains("Permission denied");
            throw new Trouble(denied ? End.REFUSED : End.UNREACHABLE, address + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Trouble(End.TIMED_OUT, address + ": the connection ended (" + e.getMessage() + ")", e);
        }
    }

    private static SocketChannel connect(String address) throws IOException {
        if (address.startsWith(UNIX)) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            return connected(channel, UnixDomainSocketAddress.of(address.substring(UNIX.length())));
        }
        URI uri = URI.create(address);
        return connected(SocketChannel.open(), new InetSocketAddress(uri.getHost(), uri.getPort()));
    }

    private static SocketChannel connected(SocketChannel channel, SocketAddress address) throws IOException {
        try {
            channel.connect(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String answer(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (channel.read(buffer) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (answer.size() > LONGEST_ANSWER) {
                throw new InterruptedIOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
            }
        }
        return answer.toString(StandardCharsets.US_ASCII);
    }
}
