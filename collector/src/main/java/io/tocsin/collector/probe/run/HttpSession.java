package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check.TlsOptions;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** The requests of one run, over connections that no other run uses. */
final class HttpSession implements AutoCloseable {

    // What all runs share: threads.
    private static final OkHttpClient BASE = new OkHttpClient.Builder()
            .fastFallback(false)
            .retryOnConnectionFailure(false)
            .build();
    private static final int MOST_BODY = 1 << 20;

    private final TlsOptions tls;
    private final int redirects;
    private final Deadline deadline;
    private final CookieJar cookies;
    private final ConnectionPool connections = new ConnectionPool();

    HttpSession(TlsOptions tls, int redirects, Deadline deadline, CookieJar cookies) {
        this.tls = tls;
        this.redirects = redirects;
        this.deadline = deadline;
        this.cookies = cookies;
    }

    /** What came of one request; what was measured is known also when it failed. */
    record Exchange(Seen.Http seen, Optional<IOException> failure) {}

    Exchange exchange(Request request) {
        Timings timings = new Timings();
        Counter counter = new Counter(redirects);
        Optional<Trust> trust = Optional.empty();
        try {
            trust = Optional.of(Trust.of(tls));
            OkHttpClient client = client(trust.get(), timings, counter, request.url());
            try (Response response = client.newCall(asNamed(request)).execute()) {
                return new Exchange(seen(response, timings, counter, trust.get()), Optional.empty());
            }
        } catch (IOException e) {
            Optional<Seen.Tls> presented = trust.flatMap(own -> own.seen("", ""));
            return new Exchange(nothing(timings, counter, presented), Optional.of(e));
        }
    }

    private OkHttpClient client(Trust trust, Timings timings, Counter counter, HttpUrl target) throws IOException {
        OkHttpClient.Builder builder = BASE.newBuilder()
                .connectionPool(connections)
                .cookieJar(cookies)
                .eventListener(timings)
                .addNetworkInterceptor(counter)
                .followRedirects(redirects > 0)
                .sslSocketFactory(trust.socketFactory(), trust)
                .connectTimeout(deadline.left())
                .readTimeout(deadline.left())
                .callTimeout(deadline.left());
        if (!tls.verify()) {
            builder.hostnameVerifier((host, session) -> true);
        }
        // The name that TLS asks for is another than the one that has the address.
        tls.serverName()
                .ifPresent(name -> builder.dns(
                        host -> List.of(InetAddress.getAllByName(host.equals(name) ? target.host() : host))));
        return builder.build();
    }

    private Request asNamed(Request request) {
        return tls.serverName()
                .map(name -> request.newBuilder()
                        .url(request.url().newBuilder().host(name).build())
                        .build())
                .orElse(request);
    }

    private static Seen.Http seen(Response response, Timings timings, Counter counter, Trust trust) throws IOException {
        ResponseBody body = response.body();
        Beginning beginning = Beginning.of(body);
        Optional<Seen.Tls> tls = Optional.ofNullable(response.handshake())
                .flatMap(handshake -> trust.seen(
                        handshake.tlsVersion().javaName().replace("TLSv", "TLS "),
                        handshake.cipherSuite().javaName()));
        return new Seen.Http(
                timings.reached(),
                response.code(),
                version(response.protocol()),
                headers(response),
                beginning.text(),
                body.contentLength(),
                beginning.all(),
                counter.redirects(),
                timings.phases(),
                tls,
                Optional.ofNullable(response.headers().getInstant("Last-Modified")));
    }

    private static Seen.Http nothing(Timings timings, Counter counter, Optional<Seen.Tls> tls) {
        Optional<Instant> never = Optional.empty();
        return new Seen.Http(
                timings.reached(), 0, 0, Map.of(), "", 0, 0, counter.redirects(), timings.phases(), tls, never);
    }

    private static double version(Protocol protocol) {
        return switch (protocol) {
            case HTTP_1_0 -> 1.0;
            case HTTP_2, H2_PRIOR_KNOWLEDGE -> 2;
            case HTTP_3 -> 3;
            default -> 1.1;
        };
    }

    private static Map<String, List<String>> headers(Response response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().toMultimap().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    @Override
    public void close() {
        connections.evictAll();
    }

    /** The beginning of a body as text, and how long the whole is. */
    private record Beginning(String text, long all) {
        static Beginning of(ResponseBody body) throws IOException {
            BufferedSource source = body.source();
            source.request(MOST_BODY);
            Charset charset = body.contentType() == null
                    ? StandardCharsets.UTF_8
                    : body.contentType().charset(StandardCharsets.UTF_8);
            long first = Math.min(MOST_BODY, source.getBuffer().size());
            String text = source.readString(first, charset == null ? StandardCharsets.UTF_8 : charset);
            long all = first;
            while (source.request(1)) {
                long part = source.getBuffer().size();
                source.skip(part);
                all += part;
            }
            return new Beginning(text, all);
        }
    }

    /** Counts the requests that a call needs, and ends one that is led on too often. */
    private static final class Counter implements Interceptor {
        private final int most;
        private int requests;

        Counter(int most) {
            this.most = most;
        }

        int redirects() {
            return Math.max(0, requests - 1);
        }

        @Override
        public Response intercept(Chain chain) throws IOException {
            if (requests > most) {
                throw new Prober.Broken(Reason.REDIRECTS, "more than " + most + " redirects");
            }
            requests++;
            return chain.proceed(chain.request());
        }
    }
}
