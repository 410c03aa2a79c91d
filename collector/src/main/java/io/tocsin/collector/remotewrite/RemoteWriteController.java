package io.tocsin.collector.remotewrite;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.collector.CollectorSettings;
import io.tocsin.collector.access.AccessFilter;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.answer.RetryDelay;
import io.tocsin.collector.decompress.Decompression;
import io.tocsin.collector.limits.Limits;
import io.tocsin.collector.otlp.Body;
import io.tocsin.collector.otlp.Outcome;
import io.tocsin.collector.otlp.Reception;
import io.tocsin.collector.otlp.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Prometheus remote write at {@code /api/v1/write}.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">1.0</a>
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">2.0</a>
 */
@Controller
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RemoteWriteController {

    private static final Set<Decompression> CODINGS = Set.of(Decompression.SNAPPY_BLOCK);
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    private final Reception reception;
    private final CollectorSettings settings;
    private final Limits limits;
    private final Pairs pairs;
    private final RemoteWriteMetrics metrics;
    private final Families families = new Families();

    RemoteWriteController(
            Reception reception,
            CollectorSettings settings,
            Limits limits,
            RemoteWriteSettings remoteWrite,
            RemoteWriteMetrics metrics) {
        this.reception = reception;
        this.settings = settings;
        this.limits = limits;
        this.pairs = new Pairs(remoteWrite);
        this.metrics = metrics;
    }

    @Post("/api/v1/write")
    CompletableFuture<HttpResponse<String>> write(HttpRequest<byte[]> request) {
        try {
            Version version = Version.of(request.getContentType());
            byte[] body = Body.of(request, CODINGS, settings.maxRequestBytes());
            Problems problems = new Problems();
            List<Series> all = switch (version) {
                case V1 -> Reading.first(body, families);
                case V2 -> Reading.second(body, problems);
            };
            return write(request, all, problems);
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(refused(reception.counted(Signal.METRICS, refusal)));
        }
    }

    private CompletableFuture<HttpResponse<String>> write(
            HttpRequest<byte[]> request, List<Series> all, Problems problems) {
        Pairs.Heard heard = pairs.heard(all, System.nanoTime());
        Translation translation = new Translation(limits, settings.maxRequestBytes(), problems);
        heard.taken().forEach(translation::add);
        metrics.ignored(translation.ignoredExemplars());
        return reception
                .receive(Signal.METRICS, translation.request().toByteArray(), AccessFilter.sender(request))
                .handle((outcome, failure) -> failure == null
                        ? answer(translation.written(), heard.elsewhere(), outcome, problems)
                        : failed(failure));
    }

    private HttpResponse<String> answer(Written written, Written elsewhere, Outcome outcome, Problems problems) {
        int lost = outcome.rejections().total();
        if (lost > 0) {
            problems.add(lost, outcome.rejections().message());
        }
        metrics.taken(written, elsewhere, problems.count());
        // What the other one of a pair has sent is written, though not from here.
        return with(
                written.without(lost).plus(elsewhere),
                problems.isEmpty() ? HttpResponse.noContent() : text(HttpStatus.BAD_REQUEST, problems.message()));
    }

    private static HttpResponse<String> failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refused(refusal);
        }
        throw new CompletionException(cause);
    }

    private static HttpResponse<String> refused(Refusal refusal) {
        Duration delay = RetryDelay.jittered(refusal.retryAfter(), ThreadLocalRandom.current());
        // Prometheus repeats 5xx always and 429 only when told to: 429 is for senders above their own rate.
        boolean overload = refusal.reason() == Refusal.Reason.OVERLOADED;
        HttpStatus status = overload
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.valueOf(refusal.reason().httpStatus());
        MutableHttpResponse<String> response = text(status, refusal.text());
        if (refusal.reason().retryable()) {
            response.header(HttpHeaders.RETRY_AFTER, RetryDelay.header(delay));
        }
        return with(Written.NOTHING, response);
    }

    private static MutableHttpResponse<String> text(HttpStatus status, String text) {
        return HttpResponse.<String>status(status).body(text + "\n").contentType(MediaType.TEXT_PLAIN_TYPE);
    }

    private static HttpResponse<String> with(Written written, MutableHttpResponse<String> response) {
        return response.header(WRITTEN.formatted("Samples"), Integer.toString(written.samples()))
                .header(WRITTEN.formatted("Histograms"), Integer.toString(written.histograms()))
                .header(WRITTEN.formatted("Exemplars"), Integer.toString(written.exemplars()));
    }
}
