package io.tocsin.notifier.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Somebody who is told, by one or several ways.
 *
 * @param name unique
 * @param labels for the API's queries
 * @param webhooks its HTTP ways
 */
public record Receiver(String name, SortedMap<String, String> labels, List<Webhook> webhooks) {

    public Receiver {
        labels = Labels.copy(labels);
        webhooks = List.copyOf(webhooks);
    }

    /** The ways by name: kind and position, as the notification log of Alertmanager tells them apart. */
    public Map<String, Webhook> integrations() {
        Map<String, Webhook> byName = new LinkedHashMap<>();
        for (int i = 0; i < webhooks.size(); i++) {
            byName.put("webhook[" + i + "]", webhooks.get(i));
        }
        return byName;
    }
}
