package io.tocsin.notifier.deliver.issue;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.JiraOptions;
import io.tocsin.notifier.store.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Jira's REST API, versions 2 and 3: one issue for a group, found by a label, changed with the group, and taken through
 * the transitions that the configuration names when the group is over or burns again.
 */
public final class Jira implements HttpTelling<JiraOptions> {

    @Override
    public Dialogue tell(Notice notice, JiraOptions options, Texts texts) {
        return Dialogue.askThen(search(notice, options, texts), reply -> {
            List<JsonNode> found = reply.json().path("issues").valueStream().toList();
            return found.isEmpty() ? create(notice, options, texts) : change(notice, options, texts, found.getFirst());
        });
    }

    /** What is over before there was an issue needs none. */
    private static Dialogue create(Notice notice, JiraOptions options, Texts texts) {
        if (notice.resolved()) {
            return new Dialogue.End(new Outcome.Accepted("no open issue to resolve"));
        }
        JiraIssue issue = new JiraIssue(notice, options, texts);
        return Dialogue.ask(HttpCall.post(HttpCall.under(options.apiUrl(), "issue"), issue.created()));
    }

    private static Dialogue change(Notice notice, JiraOptions options, Texts texts, JsonNode found) {
        URI issue = HttpCall.under(
                options.apiUrl(), "issue/" + HttpCall.segment(found.path("key").asString("")));
        String category = found.at("/fields/status/statusCategory/key").asString("");
        HttpCall put = HttpCall.json("PUT", issue, Json.write(new JiraIssue(notice, options, texts).changed()));
        return Dialogue.askThen(put, reply -> {
            String transition = transition(notice, options, texts, category.equals("done"));
            return transition.isEmpty() ? new Dialogue.End(reply.outcome()) : transit(issue, transition);
        });
    }

    private static String transition(Notice notice, JiraOptions options, Texts texts, boolean done) {
        if (notice.resolved() == done) {
            return "";
        }
        return texts.prose(done ? options.reopenTransition() : options.resolveTransition())
                .strip();
    }

    private static Dialogue transit(URI issue, String name) {
        URI transitions = HttpCall.under(issue, "transitions");
        return Dialogue.askThen(
                HttpCall.get(transitions),
                reply -> reply.json()
                        .path("transitions")
                        .valueStream()
                        .filter(transition ->
                                transition.path("name").asString("").equals(name))
                        .map(transition -> transition.path("id").asString(""))
                        .findFirst()
                        .map(id -> Dialogue.ask(HttpCall.post(transitions, Map.of("transition", Map.of("id", id)))))
                        .orElseGet(() -> new Dialogue.End(new Outcome.Refused(
                                "the issue has no transition \"" + name + "\" in its present state"))));
    }

    private static HttpCall search(Notice notice, JiraOptions options, Texts texts) {
        Map<String, @Nullable Object> body = new Fields()
                .put("jql", jql(notice, options, texts))
                .put("maxResults", 2)
                .put("fields", List.of("status"))
                .map();
        boolean cloud = switch (options.apiType()) {
            case CLOUD -> true;
            case DATACENTER -> false;
            case AUTO -> String.valueOf(options.apiUrl().getHost()).endsWith("atlassian.net");
        };
        URI search = HttpCall.under(options.apiUrl(), cloud ? "search/jql" : "search");
        // The cloud's search is in version 3 alone, whichever version the issues are written with.
        return HttpCall.post(
                cloud ? URI.create(search.toString().replace("/rest/api/2/", "/rest/api/3/")) : search, body);
    }

    private static String jql(Notice notice, JiraOptions options, Texts texts) {
        StringBuilder jql = new StringBuilder();
        String wontFix = texts.prose(options.wontFixResolution()).strip();
        if (!wontFix.isEmpty()) {
            // "!=" alone would leave out the issues without a resolution, which are the open ones.
            jql.append("(resolution is EMPTY or resolution != ")
                    .append(quoted(wontFix))
                    .append(") and ");
        }
        long minutes = options.reopenDuration().toMinutes();
        boolean reopens = !notice.resolved() && !options.reopenTransition().isEmpty();
        if (reopens && minutes > 0) {
            jql.append("(resolutiondate is EMPTY or resolutiondate >= -")
                    .append(minutes)
                    .append("m) and ");
        } else {
            jql.append("statusCategory != Done and ");
        }
        return jql.append("project = ")
                .append(quoted(texts.exact(options.project())))
                .append(" and labels = ")
                .append(quoted(JiraIssue.label(notice)))
                .append(" order by status ASC, resolutiondate DESC")
                .toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
