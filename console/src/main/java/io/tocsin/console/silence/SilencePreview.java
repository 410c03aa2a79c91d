package io.tocsin.console.silence;

import io.tocsin.console.notice.NotedAlert;
import java.util.List;

/**
 * What a draft would cover.
 *
 * @param asked whether there is a draft
 * @param problem why it is not known what it would cover, in words; empty when it is
 * @param alerts some of them
 * @param count all of them
 */
public record SilencePreview(boolean asked, String problem, List<NotedAlert> alerts, int count) {

    public SilencePreview {
        alerts = List.copyOf(alerts);
    }
}
