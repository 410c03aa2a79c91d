package io.tocsin.notifier.deliver;

import io.tocsin.notifier.store.Json;
import io.tocsin.notifier.template.NoticeData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a notice's document, which is Alertmanager's webhook format, for templates. */
public final class NoticeDocument {

    private NoticeDocument() {}

    private record Document(
            String receiver,
            String status,
            List<Entry> alerts,
            TreeMap<String, String> groupLabels,
            @Nullable String externalURL) {}

    private record Entry(
            String status,
            TreeMap<String, String> labels,
            TreeMap<String, String> annotations,
            Instant startsAt,
            Instant endsAt,
            @Nullable String generatorURL,
            @Nullable String fingerprint) {}

    /**
     * The data of a document.
     *
     * @param reason why the notice is sent
     * @throws tools.jackson.core.JacksonException when the text is no such document
     */
    public static NoticeData read(String json, String reason) {
        Document document = Json.read(json, Document.class);
        return new NoticeData(
                document.receiver(),
                document.status(),
                document.alerts().stream().map(NoticeDocument::alert).toList(),
                reason,
                orEmpty(document.groupLabels()),
                document.externalURL() == null ? "" : document.externalURL());
    }

    private static NoticeData.Alert alert(Entry entry) {
        return new NoticeData.Alert(
                entry.status(),
                orEmpty(entry.labels()),
                orEmpty(entry.annotations()),
                entry.startsAt(),
                entry.endsAt(),
                entry.generatorURL() == null ? "" : entry.generatorURL(),
                entry.fingerprint() == null ? "" : entry.fingerprint());
    }

    private static SortedMap<String, String> orEmpty(@Nullable Map<String, String> labels) {
        return labels == null ? new TreeMap<>() : new TreeMap<>(labels);
    }
}
