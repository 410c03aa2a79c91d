package io.tocsin.standalone.migrate;

import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Matcher.Operator;
import io.tocsin.notifier.silence.Silence;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Alertmanager that is in use, read by its API v2 and never written to. */
final class ExistingAlertmanager implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    ExistingAlertmanager(URI address) {
        this.address = address;
    }

    /** Its configuration, secrets left out. */
    String configuration() {
        return get("status").path("config").path("original").asString("");
    }

    /** Its alerts, as they can be posted. */
    JsonNode alerts() {
        return get("alerts");
    }

    /** What its notices list: alerts that burn and are neither silenced nor inhibited. */
    Set<Grouped> told() {
        Set<Grouped> told = new HashSet<>();
        for (JsonNode group : get("alerts/groups")) {
            for (JsonNode alert : group.path("alerts")) {
                if (alert.path("status").path("state").asString("").equals("active")) {
                    told.add(Grouped.of(
                            group.path("receiver").path("name").asString(""),
                            texts(group.path("labels")),
                            texts(alert.path("labels"))));
                }
            }
        }
        return told;
    }

    /** Its silences that are not over. */
    List<Silence> silences() {
        List<Silence> silences = new ArrayList<>();
        for (JsonNode silence : get("silences?expired=false")) {
            silences.add(new Silence(
                    silence.path("id").asString(),
                    silence.path("matchers")
                            .valueStream()
                            .map(ExistingAlertmanager::matcher)
                            .toList(),
                    OffsetDateTime.parse(silence.path("startsAt").asString()).toInstant(),
                    OffsetDateTime.parse(silence.path("endsAt").asString()).toInstant(),
                    said(silence.path("createdBy")),
                    said(silence.path("comment")),
                    OffsetDateTime.parse(silence.path("updatedAt").asString()).toInstant()));
        }
        return silences;
    }

    private static String said(JsonNode text) {
        String said = text.asString("");
        return said.isBlank() ? "-" : said;
    }

    private static Matcher matcher(JsonNode matcher) {
        return new Matcher(
                matcher.path("name").asString(),
                Operator.of(
                        matcher.path("isEqual").asBoolean(true),
                        matcher.path("isRegex").asBoolean(false)),
                matcher.path("value").asString());
    }

    static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
        return texts;
    }

    private JsonNode get(String path) {
        String base = address.toString().replaceAll("/+$", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v2/" + path))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new UserError(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new UserError(request.uri() + " did not answer with JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UserError("no Alertmanager answers at " + base + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
