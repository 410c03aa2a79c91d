package io.tocsin.notifier.deliver.contract;

import io.tocsin.notifier.deliver.Teller;
import io.tocsin.notifier.deliver.TellerAt;
import io.tocsin.notifier.template.NoticeTemplates;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Tellers by where Pushover is. */
final class Tellers implements AutoCloseable {

    private final NoticeTemplates templates;
    private final Duration limit;
    private final Map<String, Teller> tellers = new HashMap<>();

    Tellers(NoticeTemplates templates, Duration limit) {
        this.templates = templates;
        this.limit = limit;
    }

    Teller at(String place) {
        return tellers.computeIfAbsent(place, pushover -> TellerAt.pushover(URI.create(pushover), templates, limit));
    }

    @Override
    public void close() {
        tellers.values().forEach(Teller::close);
        tellers.clear();
    }
}
