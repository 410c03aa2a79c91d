package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.promql.engine.PromqlException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every request goes through here: so many at once, each counted, each answered in Prometheus' JSON whatever happens.
 * Queries compute on platform threads of their own, as many as may be worked on at once, so that they cannot take the few
 * carrier threads on which everything else waits.
 */
@Singleton
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final double NANOS = 1e9;

    private final QuerySettings settings;
    private final Semaphore permits;
    private final ExecutorService threads;
    private final Counter requests;
    private final Histogram durations;

    Gate(QuerySettings settings, PrometheusRegistry registry) {
        this.settings = settings;
        this.permits = new Semaphore(settings.concurrency(), true);
        this.threads = Executors.newFixedThreadPool(
                settings.concurrency(),
                Thread.ofPlatform().name("tocsin-query-", 1).daemon().factory());
        this.requests = Counter.builder()
                .name("tocsin_query_requests")
                .help("Requests to the query API by handler and HTTP status")
                .labelNames("handler", "code")
                .register(registry);
        this.durations = Histogram.builder()
                .name("tocsin_query_duration_seconds")
                .help("Time from a request's arrival until its answer is written, waiting included")
                .labelNames("handler")
                .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 120)
                .classicOnly()
                .register(registry);
    }

    /** Answers a request. */
    HttpResponse<byte[]> answer(
            String handler, HttpRequest<?> request, byte @Nullable [] form, Function<Parameters, Reply> work) {
        Callable<HttpResponse<byte[]>> task = () -> success(work.apply(parameters(request, form)));
        return request.getParameters().contains(PeerClient.LOCAL) ? answerPeer(handler, task) : answer(handler, task);
    }

    /** Answers another instance, whose own reader waits in its turn: if it had to wait for one here, two could wait for each other. */
    HttpResponse<byte[]> answerPeer(String handler, Callable<HttpResponse<byte[]>> work) {
        return measured(handler, () -> guarded(work));
    }

    /** Answers with a body that was made by the work itself. */
    HttpResponse<byte[]> answer(String handler, Callable<HttpResponse<byte[]>> work) {
        return measured(handler, () -> permitted(work));
    }

    private HttpResponse<byte[]> measured(String handler, Supplier<HttpResponse<byte[]>> work) {
        long start = System.nanoTime();
        HttpResponse<byte[]> response = work.get();
        durations.labelValues(handler).observe((System.nanoTime() - start) / NANOS);
        requests.labelValues(handler, Integer.toString(response.code())).inc();
        return response;
    }

    /** A failure outside of all handlers. */
    HttpResponse<byte[]> refuse(Failure failure, String message) {
        requests.labelValues("unknown", Integer.toString(failure.status())).inc();
        return error(failure, message);
    }

    private HttpResponse<byte[]> permitted(Callable<HttpResponse<byte[]>> work) {
        try {
            if (!permits.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return error(Failure.UNAVAILABLE, "too many requests at once: more than " + settings.concurrency());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(Failure.CANCELED, "interrupted while waiting");
        }
        try {
            return await(threads.submit(() -> guarded(work)));
        } finally {
            permits.release();
        }
    }

    private static HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return error(Failure.CANCELED, "interrupted");
        } catch (ExecutionException | CancellationException e) {
            LOG.error("a request failed", e);
            return error(Failure.INTERNAL, "internal error: " + e.getCause());
        }
    }

    private static HttpResponse<byte[]> guarded(Callable<HttpResponse<byte[]>> work) {
        try {
            return work.call();
        } catch (ApiException e) {
            return error(e.failure(), String.valueOf(e.getMessage()));
        } catch (PromqlException e) {
            ApiException named = ApiException.of(e);
            return error(named.failure(), String.valueOf(named.getMessage()));
        } catch (Exception e) {
            LOG.error("a request failed", e);
            return error(Failure.INTERNAL, "internal error: " + e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            // One greedy request must not take the module with it.
            LOG.error("a request was too large", e);
            return error(Failure.EXECUTION, "the request needs more memory than there is: " + e);
        }
    }

    static Parameters parameters(HttpRequest<?> request, byte @Nullable [] form) {
        Parameters parameters = new Parameters();
        if (form != null && isForm(request)) {
            parameters.addForm(form);
        }
        request.getParameters().forEach((name, values) -> values.forEach(value -> parameters.add(name, value)));
        return parameters;
    }

    private static boolean isForm(HttpRequest<?> request) {
        return request.getContentType()
                .map(type -> type.getName().equals(MediaType.APPLICATION_FORM_URLENCODED))
                .orElse(false);
    }

    static HttpResponse<byte[]> success(Reply reply) {
        return json(200, out -> {
            out.writeStringProperty("status", "success");
            out.writeName("data");
            reply.data().accept(out);
            texts("warnings", reply.warnings(), out);
            texts("infos", reply.infos(), out);
        });
    }

    private static void texts(String name, List<String> texts, JsonGenerator out) {
        if (!texts.isEmpty()) {
            out.writeName(name);
            Json.write(texts, out);
        }
    }

    private static HttpResponse<byte[]> error(Failure failure, String message) {
        return json(failure.status(), out -> {
            out.writeStringProperty("status", "error");
            out.writeStringProperty("errorType", failure.type());
            out.writeStringProperty("error", message);
        });
    }

    /** A response with an object whose properties are written by {@code body}. */
    static HttpResponse<byte[]> json(int status, java.util.function.Consumer<JsonGenerator> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
            out.writeStartObject();
            body.accept(out);
            out.writeEndObject();
        }
        return HttpResponse.<byte[]>status(status, "")
                .body(bytes.toByteArray())
                .contentType(MediaType.APPLICATION_JSON);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
