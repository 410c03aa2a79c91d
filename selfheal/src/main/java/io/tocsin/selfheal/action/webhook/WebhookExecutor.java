package io.tocsin.selfheal.action.webhook;

import io.tocsin.runtime.webhook.StandardWebhook;
import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.SecretFile;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.action.http.HttpInterface;
import io.tocsin.selfheal.action.http.Request;
import io.tocsin.selfheal.action.http.Response;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.WebhookAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts to switches of other systems. The header {@code webhook-id} is the same whenever a step is tried again, so that
 * receivers can tell a repetition; {@code tocsin-fencing-token} grows with every change of who acts.
 */
public final class WebhookExecutor implements Executor<WebhookAction> {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpInterface http;
    private final InstantSource clock;

    /** @param clock whose time requests are signed with */
    public WebhookExecutor(HttpInterface http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Sight see(WebhookAction action, Target target, Order order) throws Trouble {
        if (action.state().isEmpty()) {
            return Sight.untold("the step does not say where its effect is seen");
        }
        String where = action.stateFor(target).orElseThrow();
        Response response = http.send(new Request("GET", where, "", authorization(action), "", ANSWER));
        if (response.status() != 200) {
            boolean absent = response.status() == 404;
            throw new Trouble(absent ? End.ABSENT : End.FAILED, where + " answered " + response.shown());
        }
        JsonNode state = json(response.body(), where + " did not answer with JSON");
        for (Map.Entry<String, Template> wanted : new TreeMap<>(action.shows()).entrySet()) {
            JsonNode shown = state.at(wanted.getKey());
            if (!shown.asString("").equals(wanted.getValue().fill(target))) {
                return Sight.notYet(where + " shows " + wanted.getKey() + " = " + shown);
            }
        }
        return Sight.there(where + " shows it");
    }

    @Override
    public String change(WebhookAction action, Target target, Order order) throws Trouble {
        String body = action.body().fill(target);
        json(body, "the body is not JSON: " + body);
        Map<String, String> headers = new HashMap<>(authorization(action));
        Instant now = clock.instant();
        headers.put("webhook-id", order.id());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("tocsin-fencing-token", Long.toString(order.token()));
        if (action.secretFile().isPresent()) {
            headers.put("webhook-signature", signature(action.secretFile().get(), order.id(), now, body));
        }
        String url = action.urlFor(target);
        Request request = new Request("POST", url, "", headers, "", order.timeout());
        Response response = http.send(request.with("application/json", body));
        if (response.status() / 100 != 2) {
            End end = switch (response.status()) {
                case 404, 410 -> End.ABSENT;
                // 409 and 412: the receiver has seen a newer token, or wants another state first.
                case 400, 405, 409, 412, 415, 422 -> End.REFUSED;
                default -> End.FAILED;
            };
            throw new Trouble(end, url + " answered " + response.shown());
        }
        return url + " answered HTTP " + response.status();
    }

    private static Map<String, String> authorization(WebhookAction action) throws Trouble {
        return action.authorizationFile().isPresent()
                ? Map.of(
                        "Authorization",
                        SecretFile.read(action.authorizationFile().get()))
                : Map.of();
    }

    private static String signature(String secretFile, String id, Instant now, String body) throws Trouble {
        try {
            return StandardWebhook.signature(List.of(SecretFile.read(secretFile)), id, now, body);
        } catch (IllegalArgumentException e) {
            throw new Trouble(End.REFUSED, "file " + secretFile + " holds no key that can be signed with", e);
        }
    }

    private static JsonNode json(String text, String otherwise) throws Trouble {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new Trouble(End.REFUSED, otherwise, e);
        }
    }
}
