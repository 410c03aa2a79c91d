package io.tocsin.notifier.deliver.issue;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.JiraOptions;
import io.tocsin.notifier.store.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The fields of a group's issue. */
final class JiraIssue {

    private static final int SUMMARY = 255;
    private static final int DESCRIPTION = 32_767;

    private final Notice notice;
    private final JiraOptions options;
    private final Texts texts;

    JiraIssue(Notice notice, JiraOptions options, Texts texts) {
        this.notice = notice;
        this.options = options;
        this.texts = texts;
    }

    /** The label that a group's issue is found by; the same as Alertmanager's, whose issues are found too. */
    static String label(Notice notice) {
        return "ALERT{" + notice.groupHash() + "}";
    }

    Map<String, @Nullable Object> created() {
        return issue(true, true);
    }

    /** Without the texts that are written only once, so that what people wrote over them stays. */
    Map<String, @Nullable Object> changed() {
        return issue(options.summary().update(), options.description().update());
    }

    private Map<String, @Nullable Object> issue(boolean withSummary, boolean withDescription) {
        Fields fields = new Fields()
                .put("project", Map.of("key", texts.exact(options.project())))
                .put("issuetype", Map.of("name", texts.exact(options.issueType())))
                .put("labels", labels());
        if (withSummary) {
            fields.put("summary", summary());
        }
        if (withDescription) {
            fields.put("description", description());
        }
        String priority = texts.prose(options.priority()).strip();
        if (!priority.isEmpty()) {
            fields.put("priority", Map.of("name", priority));
        }
        texts.trees(options.fields()).forEach(fields::put);
        return new Fields().put("fields", fields.map()).map();
    }

    private List<String> labels() {
        return Stream.concat(options.labels().stream().map(texts::prose).map(String::strip), Stream.of(label(notice)))
                .filter(label -> !label.isEmpty())
                .sorted()
                .toList();
    }

    /** One line. */
    private String summary() {
        String line = texts.prose(options.summary().template()).strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "(no summary)" : Cut.toCharacters(line, SUMMARY);
    }

    private @Nullable Object description() {
        String text = texts.prose(options.description().template()).strip();
        boolean version3 = options.apiUrl().getPath().replaceAll("/+$", "").endsWith("/3");
        if (!version3) {
            return Cut.toCharacters(text, DESCRIPTION);
        }
        return text.isEmpty() ? null : structured(text);
    }

    /** Version 3 wants the Atlassian Document Format: a template's own, or a paragraph of its text. */
    private static Object structured(String text) {
        if (text.startsWith("{")) {
            try {
                return Json.read(text, JsonNode.class);
            } catch (JacksonException e) {
                // Then it is a text that begins like a document.
                return paragraph(text);
            }
        }
        return paragraph(text);
    }

    private static Object paragraph(String text) {
        Map<String, Object> run = Map.of("type", "text", "text", Cut.toCharacters(text, DESCRIPTION));
        return Map.of(
                "type", "doc", "version", 1, "content", List.of(Map.of("type", "paragraph", "content", List.of(run))));
    }
}
