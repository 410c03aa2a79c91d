package io.tocsin.selfheal.action.container;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.action.http.HttpInterface;
import io.tocsin.selfheal.action.http.Request;
import io.tocsin.selfheal.action.http.Response;
import io.tocsin.selfheal.playbook.ContainerAction;
import io.tocsin.selfheal.playbook.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Restarts, starts, stops, pauses and unpauses containers by the Docker Engine API 1.41, which Podman serves too. A
 * container was restarted when it runs and is younger than the step, by the engine's own clock.
 */
public final class ContainerExecutor implements Executor<ContainerAction> {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpInterface http;

    /** An executor that asks by this. */
    public ContainerExecutor(HttpInterface http) {
        this.http = http;
    }

    @Override
    public Sight see(ContainerAction action, Target target, Order order) throws Trouble {
        Response response = send(action, target, "GET", "/json", ANSWER);
        require(response, response.status() == 200);
        JsonNode state = json(response).path("State");
        String status = state.path("Status").asString("");
        boolean runs = status.equals("running");
        boolean there = switch (action.verb()) {
            case RESTART -> runs && order.mayHaveMade(age(response, state));
            case START, UNPAUSE -> runs;
            case STOP -> status.equals("exited") || status.equals("stopped");
            case PAUSE -> status.equals("paused");
        };
        String found = status + ", started at " + state.path("StartedAt").asString("?");
        return there ? Sight.there(found) : Sight.notYet(found);
    }

    @Override
    public String change(ContainerAction action, Target target, Order order) throws Trouble {
        String verb = action.verb().name().toLowerCase(Locale.ROOT);
        String grace = action.stops() ? "?t=" + action.graceSeconds() : "";
        Response response = send(action, target, "POST", "/" + verb + grace, order.timeout());
        // 304: it was so already.
        require(response, response.status() == 204 || response.status() == 304);
        return "the engine answered HTTP " + response.status();
    }

    /** By the engine's clock, which it gives in whole seconds. */
    private static Duration age(Response response, JsonNode state) throws Trouble {
        Instant now =
                response.date().orElseThrow(() -> new Trouble(End.FAILED, "the engine does not say what time it has"));
        try {
            Instant started =
                    OffsetDateTime.parse(state.path("StartedAt").asString("")).toInstant();
            return Duration.between(started, now);
        } catch (DateTimeException e) {
            throw new Trouble(End.FAILED, "the engine does not say when the container was started", e);
        }
    }

    private Response send(ContainerAction action, Target target, String method, String path, Duration timeout)
            throws Trouble {
        String container = "/containers/" + action.containerFor(target) + path;
        return http.send(Request.to(action.at(), target, method, container, timeout));
    }

    private static void require(Response response, boolean good) throws Trouble {
        if (!good) {
            boolean absent = response.status() == 404;
            throw new Trouble(absent ? End.ABSENT : End.FAILED, "the engine answered " + response.shown());
        }
    }

    private static JsonNode json(Response response) throws Trouble {
        try {
            return JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw new Trouble(End.FAILED, "what answers is not a container engine", e);
        }
    }
}
