package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.deliver.say.Unsayable;
import io.tocsin.notifier.route.receiver.HttpOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Holds conversations: asks each request and hands the answer back, within one time limit for all of them. */
public final class HttpCaller implements AutoCloseable {

    private static final int MAX_REQUESTS = 10;
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private final HttpClients clients = new HttpClients();
    private final Authorizations authorizations = new Authorizations(this);

    /**
     * One conversation.
     *
     * @param first what it begins with
     * @param http how requests are made
     * @param limit for the whole of it
     * @param texts which know the secrets that no outcome shows
     */
    public Outcome hold(Dialogue first, HttpOptions http, Duration limit, Texts texts) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Dialogue at = first;
        int asked = 0;
        while (at instanceof Dialogue.Ask(var call, var then)) {
            if (++asked > MAX_REQUESTS) {
                return new Outcome.Refused("the conversation does not end");
            }
            try {
                HttpCall sent = authorizations.authorized(call, http, texts, remaining(deadline));
                at = then.apply(send(sent, http, texts, remaining(deadline)));
            } catch (TimeoutException e) {
                return new Outcome.Failed("no answer within " + limit);
            } catch (IOException e) {
                return new Outcome.Failed(words(e));
            } catch (Unsayable e) {
                throw e;
            } catch (IllegalArgumentException e) {
                return new Outcome.Refused("the request cannot be made: " + e.getMessage());
            }
        }
        return ((Dialogue.End) at).outcome();
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** One request; the client's own limit does not cover the answer's body, this one does. */
    HttpReply send(HttpCall call, HttpOptions http, Texts texts, Duration limit)
            throws IOException, InterruptedException, TimeoutException {
        HttpRequest request = request(call, http, texts);
        HttpClient client = clients.get(http, texts);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<String> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new HttpReply(response.statusCode(), headers, response.body(), texts.now());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest request(HttpCall call, HttpOptions http, Texts texts) {
        HttpRequest.BodyPublisher body = call.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(call.body());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(call.uri()).method(call.method(), body).header("User-Agent", "Tocsin");
        call.headers().forEach(request::setHeader);
        http.headers().forEach((name, values) -> values.forEach(value -> request.header(name, texts.secret(value))));
        return request.build();
    }

    private static String words(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    @Override
    public void close() {
        clients.close();
    }
}
