package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server in memory: objects are created, read, changed and deleted as by fabric8's mock. Beside that it knows
 * credentials, evictions within a disruption budget, and changes that come between a read and an update.
 */
final class Api extends Dispatcher {

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    final List<String> changes = new CopyOnWriteArrayList<>();
    final AtomicInteger budget = new AtomicInteger(Integer.MAX_VALUE);
    volatile Runnable beforeUpdate = () -> {};

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
                Runnable meanwhile = beforeUpdate;
                beforeUpdate = () -> {};
                meanwhile.run();
                return objects.dispatch(request);
            }
            default -> {
                changes.add(request.getMethod() + " " + path);
                return objects.dispatch(request);
            }
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
        return new MockResponse().setResponseCode(201).setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
    }
}
