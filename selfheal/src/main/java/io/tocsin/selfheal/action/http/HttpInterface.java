package io.tocsin.selfheal.action.http;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HTTP over TCP or a Unix socket. Nothing is tried again, no redirect is followed, no connection is kept. */
public final class HttpInterface implements AutoCloseable {

    private static final String UNIX = "unix:";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_BODY = 4 << 20;

    private final CloseableHttpClient client = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT))
                            .build())
                    .build())
            .setConnectionReuseStrategy((request, response, context) -> false)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("Tocsin")
            .build();

    /**
     * Sends a request.
     *
     * @throws Trouble when there is no answer, or credentials are not accepted
     */
    public Response send(Request request) throws Trouble {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(config(request));
        try {
            Response response = client.execute(http(request), context, HttpInterface::response);
            if (response.status() == 401 || response.status() == 403) {
                throw new Trouble(End.REFUSED, "the credentials are not accepted: HTTP " + response.status());
            }
            return response;
        } catch (IOException e) {
            throw trouble(request, e);
        }
    }

    private static RequestConfig config(Request request) {
        RequestConfig.Builder config = RequestConfig.custom()
                .setResponseTimeout(Timeout.of(request.timeout()))
                .setConnectionRequestTimeout(Timeout.of(CONNECT))
                .setAuthenticationEnabled(false);
        if (request.address().startsWith(UNIX)) {
            config.setUnixDomainSocket(Path.of(request.address().substring(UNIX.length())));
        }
        return config.build();
    }

    private static ClassicHttpRequest http(Request request) {
        String base = request.address().startsWith(UNIX) ? "http://localhost" : request.address();
        ClassicRequestBuilder builder =
                ClassicRequestBuilder.create(request.method()).setUri(base + request.path());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            // The type is among the headers already.
            builder.setEntity(request.body().getBytes(StandardCharsets.UTF_8), null);
        }
        return builder.build();
    }

    private static Response response(ClassicHttpResponse response) throws IOException {
        String body = "";
        if (response.getEntity() != null) {
            try (InputStream in = response.getEntity().getContent()) {
                body = new String(in.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
            }
        }
        return new Response(response.getCode(), body, date(response.getFirstHeader("Date")));
    }

    private static Optional<Instant> date(@Nullable Header header) {
        try {
            return Optional.ofNullable(header)
                    .map(Header::getValue)
                    .map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            // An answerer without a readable clock.
            return Optional.empty();
        }
    }

    private static Trouble trouble(Request request, IOException e) {
        String where = request.address();
        String why = where + ": " + e.getMessage();
        return switch (e) {
            case ConnectTimeoutException slow -> new Trouble(End.UNREACHABLE, why, e);
            case ConnectException refused -> new Trouble(End.UNREACHABLE, why, e);
            case UnknownHostException unknown -> new Trouble(End.UNREACHABLE, where + ": there is no such host", e);
            case NoRouteToHostException away -> new Trouble(End.UNREACHABLE, why, e);
            case SocketTimeoutException slow -> new Trouble(End.TIMED_OUT, where + ": no answer in time", e);
            case SocketException denied when why.contains("Permission denied") -> new Trouble(End.REFUSED, why, e);
            case SocketException gone
            when where.startsWith(UNIX) && why.contains("No such file") ->
                new Trouble(End.UNREACHABLE, where + ": there is no such socket", e);
            default ->
                new Trouble(
                        End.TIMED_OUT, where + ": the connection ended without an answer (" + e.getMessage() + ")", e);
        };
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
