package io.tocsin.notifier.route;

import io.tocsin.notifier.route.receiver.Kind;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Somebody who is told, by one or several ways.
 *
 * @param name unique
 * @param labels for the API's queries
 * @param ways how, kind by kind, each kind in the file's order
 */
public record Receiver(String name, SortedMap<String, String> labels, List<ReceiverOptions> ways) {

    public Receiver {
        labels = Labels.copy(labels);
        ways = ways.stream().sorted(Comparator.comparing(ReceiverOptions::kind)).toList();
    }

    /** The ways by name: kind and position, as the notification log of Alertmanager tells them apart. */
    public Map<String, ReceiverOptions> integrations() {
        Map<Kind, Integer> positions = new EnumMap<>(Kind.class);
        Map<String, ReceiverOptions> byName = new LinkedHashMap<>();
        for (ReceiverOptions way : ways) {
            int position = positions.merge(way.kind(), 1, Integer::sum) - 1;
            byName.put(way.kind().word() + "[" + position + "]", way);
        }
        return byName;
    }
}
