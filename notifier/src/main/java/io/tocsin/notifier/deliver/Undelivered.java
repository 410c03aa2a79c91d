package io.tocsin.notifier.deliver;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.receiver.Kind;
import java.util.List;
import java.util.Set;

/** What a configuration asks for in vain: ways to tell somebody that nothing delivers. */
public final class Undelivered {

    /** The ways that notices are delivered by; a notice for another one becomes dead with that as its reason. */
    public static final Set<Kind> DELIVERED = Set.of(Kind.WEBHOOK);

    private Undelivered() {}

    /** One sentence for each receiver and kind. */
    public static List<String> of(Routing routing) {
        return routing.receivers().stream()
                .flatMap(receiver -> receiver.ways().stream()
                        .map(way -> way.kind())
                        .distinct()
                        .filter(kind -> !DELIVERED.contains(kind))
                        .map(kind -> "receiver \"" + receiver.name() + "\": " + kind.key()
                                + " are not delivered by this version; their notices become dead"))
                .toList();
    }
}
