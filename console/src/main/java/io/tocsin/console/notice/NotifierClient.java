package io.tocsin.console.notice;

import io.tocsin.console.notice.NoticeAnswer.Away;
import io.tocsin.console.notice.NoticeAnswer.Known;
import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Remote;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** Asks the notifier about notices. It never throws: a page without notices is better than no page. */
public final class NotifierClient {

    private static final TypeReference<List<Notice>> NOTICES = new TypeReference<>() {};
    /** What the notifier gives at most. */
    private static final int MOST = 1_000;

    private final Remote notifier;

    /** Does not ask yet. */
    public NotifierClient(Remote notifier) {
        this.notifier = notifier;
    }

    /** The latest notices about all incidents. */
    public NoticeAnswer latest() {
        return ask("?limit=" + MOST);
    }

    /** The notices about one incident. */
    public NoticeAnswer about(String incident) {
        return ask("?limit=" + MOST + "&incident=" + Remote.encoded(incident));
    }

    /** The notices that one alert was in. */
    public NoticeAnswer aboutAlert(String fingerprint) {
        return ask("?limit=" + MOST + "&fingerprint=" + Remote.encoded(fingerprint));
    }

    /** Why people were told of an alert, or not; nothing when the notifier does not know the alert. */
    public Answer<Why> why(String fingerprint) {
        Answer<Why> answer =
                notifier.get("/api/tocsin/why/" + Remote.encoded(fingerprint), "", new TypeReference<Why>() {});
        return answer instanceof Answer.Declined<Why> ? new Answer.Known<>(Why.NOTHING) : answer;
    }

    /**
     * Active alerts.
     *
     * @param filters matchers as PromQL writes them, all must hold; empty: all alerts
     */
    public Answer<List<NotedAlert>> alerts(List<String> filters) {
        String query = filters.stream()
                .map(filter -> "filter=" + Remote.encoded(filter))
                .collect(Collectors.joining("&", filters.isEmpty() ? "" : "?", ""));
        return notifier.get("/api/v2/alerts" + query, "", new TypeReference<>() {});
    }

    private NoticeAnswer ask(String query) {
        Answer<List<Notice>> answer = notifier.get("/api/tocsin/notices" + query, "", NOTICES);
        return answer instanceof Answer.Known<List<Notice>>(List<Notice> notices)
                ? new Known(notices)
                : new Away(answer.trouble());
    }
}
