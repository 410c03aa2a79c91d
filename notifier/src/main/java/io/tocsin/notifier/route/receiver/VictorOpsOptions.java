package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One {@code victorops_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the API, with a slash at its end
 * @param apiKey whose account
 * @param routingKey template of the team
 * @param messageType template: CRITICAL, WARNING or INFO
 * @param stateMessage template
 * @param entityDisplayName template
 * @param monitoringTool template
 * @param customFields templates by name
 */
public record VictorOpsOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        Source apiKey,
        String routingKey,
        String messageType,
        String stateMessage,
        String entityDisplayName,
        String monitoringTool,
        Map<String, String> customFields)
        implements ReceiverOptions.OverHttp {

    public VictorOpsOptions {
        SortedMap<String, String> sorted = new TreeMap<>(customFields);
        customFields = java.util.Collections.unmodifiableSortedMap(sorted);
    }

    @Override
    public Kind kind() {
        return Kind.VICTOROPS;
    }
}
