package io.tocsin.notifier.deliver.paging;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.OpsGenieOptions;
import io.tocsin.notifier.store.Json;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opsgenie's Alert API, version 2: one alert for a group by its alias, changed with it and closed with it. */
public final class Opsgenie implements HttpTelling<OpsGenieOptions> {

    private static final int MESSAGE = 130;
    private static final int DESCRIPTION = 15_000;
    private static final int NOTE = 25_000;
    private static final int SOURCE = 100;
    private static final int ENTITY = 512;
    private static final int TAGS = 20;
    private static final int TAG = 50;
    private static final int ACTIONS = 10;
    private static final int DETAILS = 8_000;
    private static final Set<String> PRIORITIES = Set.of("P1", "P2", "P3", "P4", "P5");

    @Override
    public Dialogue tell(Notice notice, OpsGenieOptions options, Texts texts) {
        String key = texts.secret(options.apiKey());
        if (notice.resolved()) {
            return Dialogue.ask(call(
                    "POST",
                    alert(options, notice, "close"),
                    new Fields().text("source", source(options, texts)).map(),
                    key));
        }
        Map<String, @Nullable Object> alert = alert(notice, options, texts);
        HttpCall create = call("POST", HttpCall.under(options.apiUrl(), "v2/alerts"), alert, key);
        return options.updateAlerts()
                ? Dialogue.askThen(create, _ -> update(notice, options, alert, key))
                : Dialogue.ask(create);
    }

    /** An alert that is open already is only counted up by a second creation: its texts are changed one by one. */
    private static Dialogue update(
            Notice notice, OpsGenieOptions options, Map<String, @Nullable Object> alert, String key) {
        HttpCall message = call(
                "PUT",
                alert(options, notice, "message"),
                new Fields().put("message", alert.get("message")).map(),
                key);
        HttpCall description = call(
                "PUT",
                alert(options, notice, "description"),
                new Fields()
                        .put("description", alert.getOrDefault("description", ""))
                        .map(),
                key);
        return Dialogue.askThen(message, _ -> Dialogue.ask(description));
    }

    private static HttpCall call(String method, URI uri, Map<String, @Nullable Object> body, String key) {
        return HttpCall.json(method, uri, Json.write(body)).with("Authorization", "GenieKey " + key);
    }

    private static URI alert(OpsGenieOptions options, Notice notice, String what) {
        URI uri = HttpCall.under(options.apiUrl(), "v2/alerts/" + notice.groupHash() + "/" + what);
        return HttpCall.withQuery(uri, Map.of("identifierType", "alias"));
    }

    private static Map<String, @Nullable Object> alert(Notice notice, OpsGenieOptions options, Texts texts) {
        String message = Cut.toCharacters(texts.prose(options.message()).strip(), MESSAGE);
        String priority = texts.prose(options.priority()).strip();
        return new Fields()
                .put("alias", notice.groupHash())
                .put("message", message.isEmpty() ? "(no message)" : message)
                .text("description", Cut.toCharacters(texts.prose(options.description()), DESCRIPTION))
                .put("details", details(notice, options, texts))
                .text("source", source(options, texts))
                .list("responders", responders(options, texts))
                .list(
                        "tags",
                        words(texts.prose(options.tags()))
                                .map(tag -> Cut.toCharacters(tag, TAG))
                                .limit(TAGS)
                                .toList())
                .text("note", Cut.toCharacters(texts.prose(options.note()), NOTE))
                .text("priority", PRIORITIES.contains(priority) ? priority : "")
                .text("entity", Cut.toCharacters(texts.prose(options.entity()), ENTITY))
                .list(
                        "actions",
                        words(texts.prose(options.actions()))
                                .map(action -> Cut.toCharacters(action, TAG))
                                .limit(ACTIONS)
                                .toList())
                .map();
    }

    private static String source(OpsGenieOptions options, Texts texts) {
        return Cut.toCharacters(texts.prose(options.source()), SOURCE);
    }

    /** The common labels and the user's own; those that would be too many in all are left out. */
    private static Map<String, String> details(Notice notice, OpsGenieOptions options, Texts texts) {
        Map<String, String> all = new LinkedHashMap<>(texts.proses(options.details()));
        notice.data().commonLabels().forEach(all::putIfAbsent);
        Map<String, String> details = new LinkedHashMap<>();
        int room = DETAILS;
        for (Map.Entry<String, String> detail : all.entrySet()) {
            room -= detail.getKey().length() + detail.getValue().length();
            if (room >= 0) {
                details.put(detail.getKey(), detail.getValue());
            }
        }
        return details;
    }

    private static List<Map<String, @Nullable Object>> responders(OpsGenieOptions options, Texts texts) {
        return options.responders().stream()
                .flatMap(responder -> {
                    String type = texts.prose(responder.type()).strip();
                    String id = texts.prose(responder.id());
                    String name = texts.prose(responder.name());
                    String username = texts.prose(responder.username());
                    if (type.equals("teams")) {
                        return words(name).map(team -> responder("", team, "", "team"));
                    }
                    boolean nobody = id.isEmpty() && name.isEmpty() && username.isEmpty();
                    return nobody
                            ? Stream.<Map<String, @Nullable Object>>empty()
                            : Stream.of(responder(id, name, username, type));
                })
                .toList();
    }

    private static Map<String, @Nullable Object> responder(String id, String name, String username, String type) {
        return new Fields()
                .text("id", id)
                .text("name", name)
                .text("username", username)
                .put("type", type)
                .map();
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
    }
}
