package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code pagerduty_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param timeout how long one request may take; empty means the notifier's own limit
 * @param url the events API
 * @param key what names the service, and with it the version of the API
 * @param client template
 * @param clientUrl template
 * @param description template
 * @param details by name
 * @param images shown with the incident
 * @param links shown with the incident
 * @param source template
 * @param severity template: critical, error, warning or info; empty means error
 * @param eventClass template
 * @param component template
 * @param group template
 */
public record PagerDutyOptions(
        boolean sendResolved,
        HttpOptions http,
        Optional<Duration> timeout,
        URI url,
        Key key,
        String client,
        String clientUrl,
        String description,
        Map<String, TemplateTree> details,
        List<Image> images,
        List<Link> links,
        String source,
        String severity,
        String eventClass,
        String component,
        String group)
        implements ReceiverOptions.OverHttp {

    public PagerDutyOptions {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        images = List.copyOf(images);
        links = List.copyOf(links);
    }

    /** What names a service; inline values are templates. */
    public sealed interface Key {

        /** Events API v2. */
        record Routing(Source key) implements Key {}

        /** Events API v1. */
        record Service(Source key) implements Key {}
    }

    /** A picture; each text is a template. */
    public record Image(String src, String alt, String href) {}

    /** A link; each text is a template. */
    public record Link(String href, String text) {}

    @Override
    public Kind kind() {
        return Kind.PAGERDUTY;
    }
}
