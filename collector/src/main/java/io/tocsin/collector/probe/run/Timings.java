package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Sums the phases of requests. One run is one thread. */
final class Timings extends EventListener {

    private final Map<String, Duration> phases = new HashMap<>();
    private int ipProtocol;
    private long lookup;
    private long connect;
    private long tls;
    private long request;
    private long response;

    Map<String, Duration> phases() {
        return phases;
    }

    Seen.Reached reached() {
        return new Seen.Reached(phases.getOrDefault("resolve", Duration.ZERO), ipProtocol);
    }

    private void add(String phase, long since) {
        phases.merge(phase, Duration.ofNanos(System.nanoTime() - since), Duration::plus);
    }

    @Override
    public void dnsStart(Call call, String domain) {
        lookup = System.nanoTime();
    }

    @Override
    public void dnsEnd(Call call, String domain, List<InetAddress> addresses) {
        add("resolve", lookup);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        ipProtocol = Resolver.protocol(address.getAddress());
        connect = System.nanoTime();
        tls = 0;
    }

    @Override
    public void secureConnectStart(Call call) {
        add("connect", connect);
        tls = System.nanoTime();
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        add("tls", tls);
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        if (tls == 0) {
            add("connect", connect);
        }
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException failure) {
        add(tls == 0 ? "connect" : "tls", tls == 0 ? connect : tls);
    }

    @Override
    public void requestHeadersStart(Call call) {
        request = System.nanoTime();
    }

    @Override
    public void responseHeadersStart(Call call) {
        add("processing", request);
        response = System.nanoTime();
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        add("transfer", response);
    }
}
