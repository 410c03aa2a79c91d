package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An API server in memory: objects are created, read, changed and deleted as by fabric8's mock. Beside that it knows
 * credentials, evictions within a disruption budget, and changes that come between a read and an update.
 */
final class Api extends Dispatcher {

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    final List<String> changes = new CopyOnWriteArrayList<>();
    final AtomicInteger budget = new AtomicInteger(Integer.MAX_VALUE);
    /** What somebody else makes of an object right before it is updated the next time. */
    volatile UnaryOperator<String> meanwhile = UnaryOperator.identity();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (!"Bearer right".equals(request.getHeaders().get("Authorization"))) {
            return new MockResponse().setResponseCode(401).setBody("{\"kind\":\"Status\",\"code\":401}");
        }
        String path = request.getPath().split("\\?", 2)[0];
        switch (request.getMethod()) {
            case "GET" -> {
                return objects.handleGet(path);
            }
            case "POST" -> {
                if (path.endsWith("/eviction")) {
                    return evict(path.substring(0, path.length() - "/eviction".length()));
                }
                return objects.dispatch(request);
            }
            case "PUT" -> {
                changes.add("PUT " + path);
                change(request, path);
                return objects.dispatch(request);
            }
            default -> {
                changes.add(request.getMethod() + " " + path);
                return objects.dispatch(request);
            }
        }
    }

    private void change(RecordedRequest request, String path) {
        UnaryOperator<String> once = meanwhile;
        meanwhile = UnaryOperator.identity();
        String before = objects.handleGet(path).getBody().readUtf8();
        String after = once.apply(before);
        if (!after.equals(before)) {
            objects.dispatch(new RecordedRequest(
                    request.getHttpVersion(),
                    request.method(),
                    path,
                    request.getHeaders(),
                    new Buffer(after.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private MockResponse evict(String pod) {
        if (budget.getAndDecrement() <= 0) {
            changes.add("HELD " + pod);
            return new MockResponse()
                    .setResponseCode(429)
                    .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":429}");
        }
        changes.add("EVICT " + pod);
        objects.handleDelete(pod);
        return new MockResponse()
                .setResponseCode(201)
                .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
    }
}
