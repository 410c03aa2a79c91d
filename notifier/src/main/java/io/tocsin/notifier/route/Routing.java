package io.tocsin.notifier.route;

import io.tocsin.notifier.inhibit.InhibitRule;
import io.tocsin.notifier.interval.TimeIntervals;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of an {@code alertmanager.yml}.
 *
 * @param resolveTimeout how long an alert without an end is shown as lasting
 * @param root the routing tree
 * @param receivers in the file's order
 * @param inhibitRules which alerts mute others
 * @param intervals when routes are muted or active
 * @param templates files that texts of receivers may use, in the order in which they are read
 * @param original the file's text without its secrets
 */
public record Routing(
        Duration resolveTimeout,
        Route root,
        List<Receiver> receivers,
        List<InhibitRule> inhibitRules,
        TimeIntervals intervals,
        List<TemplateFile> templates,
        String original) {

    public Routing {
        receivers = List.copyOf(receivers);
        inhibitRules = List.copyOf(inhibitRules);
        templates = List.copyOf(templates);
    }

    /** The receiver of this name, if the configuration has it. */
    public Optional<Receiver> receiver(String name) {
        return receivers.stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst();
    }

    /** The ways of a receiver; none for a receiver that is gone. */
    public Map<String, ReceiverOptions> integrations(String receiver) {
        return receiver(receiver).map(Receiver::integrations).orElseGet(LinkedHashMap::new);
    }
}
