package io.tocsin.notifier.deliver.webhook;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.WebhookOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Posts notices. Addresses and credentials are secrets: no outcome shows them. */
public final class WebhookClient implements AutoCloseable {

    private static final int SHOWN_BODY = 200;

    private final Duration defaultTimeout;
    private final HttpClient following;
    private final HttpClient notFollowing;

    /**
     * A client.
     *
     * @param defaultTimeout how long a request may take where the webhook does not say
     */
    public WebhookClient(Duration defaultTimeout) {
        this.defaultTimeout = defaultTimeout;
        this.following = client(defaultTimeout, HttpClient.Redirect.NORMAL);
        this.notFollowing = client(defaultTimeout, HttpClient.Redirect.NEVER);
    }

    private static HttpClient client(Duration timeout, HttpClient.Redirect redirect) {
        return HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(redirect)
                .build();
    }

    /** How long one try takes at most. */
    public Duration timeout(ReceiverOptions way) {
        return way.timeout().orElse(defaultTimeout);
    }

    /**
     * One try.
     *
     * @param id the notice's idempotency key
     * @param now the time that the request is signed with
     */
    public Outcome post(WebhookOptions webhook, String id, String body, Instant now) throws InterruptedException {
        try {
            HttpRequest request = request(webhook, id, body, now);
            HttpClient client = webhook.http().followRedirects() ? following : notFollowing;
            return outcome(client.send(request, HttpResponse.BodyHandlers.ofString()), now);
        } catch (HttpTimeoutException e) {
            return new Outcome.Failed("no answer within " + timeout(webhook), Optional.empty());
        } catch (IOException e) {
            return new Outcome.Failed(words(e), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused("the webhook's address or secret cannot be used");
        }
    }

    private HttpRequest request(WebhookOptions webhook, String id, String body, Instant now) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(read(webhook.url())))
                .timeout(timeout(webhook))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Tocsin")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!webhook.signingSecrets().isEmpty()) {
            List<String> secrets = new java.util.ArrayList<>();
            for (Source secret : webhook.signingSecrets()) {
                secrets.add(read(secret));
            }
            request.header("webhook-signature", StandardWebhook.signature(secrets, id, now, body));
        }
        if (webhook.http().authentication().isPresent()) {
            request.header(
                    "Authorization",
                    authorization(webhook.http().authentication().get()));
        }
        return request.build();
    }

    private static String authorization(Authentication authentication) throws IOException {
        return switch (authentication) {
            case Authentication.Basic(var username, var password) -> {
                String pair = read(username) + ":" + read(password);
                yield "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            }
            case Authentication.Scheme(var type, var credentials) -> type + " " + read(credentials);
            case Authentication.OAuth2 ignored ->
                throw new IllegalArgumentException("tokens are not fetched for webhooks");
        };
    }

    private static String read(Source source) throws IOException {
        return switch (source) {
            case Source.Inline(var secret) -> secret.value();
            case Source.File(var path) -> Files.readString(path).strip();
        };
    }

    private static Outcome outcome(HttpResponse<String> response, Instant now) {
        int status = response.statusCode();
        String shown = "HTTP " + status;
        if (status / 100 == 2) {
            return new Outcome.Accepted(shown);
        }
        String detail = response.body().isBlank() ? shown : shown + ": " + cut(response.body());
        boolean later = status == 429 || status == 408 || status / 100 == 5;
        return later ? new Outcome.Failed(detail, retryAfter(response, now)) : new Outcome.Refused(detail);
    }

    /** RFC 9110, 10.2.3: seconds or a date. */
    private static Optional<Duration> retryAfter(HttpResponse<String> response, Instant now) {
        return response.headers().firstValue("Retry-After").flatMap(value -> {
            try {
                return Optional.of(Duration.ofSeconds(Long.parseUnsignedLong(value.strip())));
            } catch (NumberFormatException notSeconds) {
                return date(value).map(until -> Duration.between(now, until)).filter(Duration::isPositive);
            }
        });
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            // A receiver that writes neither form has not said how long to wait.
            return Optional.empty();
        }
    }

    private static String words(IOException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static String cut(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_BODY ? line : line.substring(0, SHOWN_BODY) + "…";
    }

    @Override
    public void close() {
        following.shutdownNow();
        notFollowing.shutdownNow();
    }
}
