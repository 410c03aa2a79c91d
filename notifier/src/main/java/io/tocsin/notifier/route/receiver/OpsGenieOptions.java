package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One {@code opsgenie_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl the API, with a slash at its end
 * @param apiKey whose account
 * @param message template
 * @param description template
 * @param source template
 * @param details templates by name; the group's common labels are details too
 * @param entity template
 * @param responders who is to act
 * @param actions template of a comma-separated list
 * @param tags template of a comma-separated list
 * @param note template
 * @param priority template: P1 to P5
 * @param updateAlerts whether message and description of an open alert are changed
 */
public record OpsGenieOptions(
        boolean sendResolved,
        HttpOptions http,
        URI apiUrl,
        Source apiKey,
        String message,
        String description,
        String source,
        Map<String, String> details,
        String entity,
        List<Responder> responders,
        String actions,
        String tags,
        String note,
        String priority,
        boolean updateAlerts)
        implements ReceiverOptions.OverHttp {

    public OpsGenieOptions {
        details = Map.copyOf(details);
        responders = List.copyOf(responders);
    }

    /**
     * Somebody who is to act; each text is a template, and one of the first three is given.
     *
     * @param id empty means not given
     * @param name empty means not given
     * @param username empty means not given
     * @param type team, teams, user, escalation or schedule
     */
    public record Responder(String id, String name, String username, String type) {}

    @Override
    public Kind kind() {
        return Kind.OPSGENIE;
    }
}
