package io.tocsin.notifier.deliver;

import io.tocsin.notifier.template.NoticeTemplates;
import java.net.URI;
import java.time.Duration;

/** A teller that looks for Pushover, which no option places, somewhere else. */
public final class TellerAt {

    private TellerAt() {}

    public static Teller pushover(URI service, NoticeTemplates templates, Duration limit) {
        return new Teller(() -> templates, limit, new HttpTellings(service));
    }
}
