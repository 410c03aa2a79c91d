package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.PagerDutyOptions;
import io.tocsin.notifier.route.receiver.PagerDutyOptions.Image;
import io.tocsin.notifier.route.receiver.PagerDutyOptions.Link;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TemplateTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code pagerduty_configs}. */
final class PagerDutyReader {

    static final Set<String> KEYS = Keys.words("""
            service_key service_key_file routing_key routing_key_file url client client_url description details images
            links source severity class component group timeout""");
    private static final Set<String> IMAGE = Keys.words("src alt href");
    private static final Set<String> LINK = Keys.words("href text");
    /** What every notice says in its details, unless the configuration says it otherwise. */
    private static final Map<String, String> DETAILS = Map.of(
            "firing", "{{ .Alerts.Firing | toJson }}",
            "resolved", "{{ .Alerts.Resolved | toJson }}",
            "num_firing", "{{ .Alerts.Firing | len }}",
            "num_resolved", "{{ .Alerts.Resolved | len }}");

    private PagerDutyReader() {}

    static PagerDutyOptions read(Way way) {
        String client = way.template("client", "pagerduty.default.client");
        return new PagerDutyOptions(
                way.sendResolved(true),
                way.http(),
                way.timeout(),
                way.url("url", "pagerduty_url"),
                key(way),
                client,
                way.template("client_url", "pagerduty.default.clientURL"),
                way.template("description", "pagerduty.default.description"),
                details(way),
                way.list(
                        "images",
                        IMAGE,
                        image -> new Image(image.text("src", ""), image.text("alt", ""), image.text("href", ""))),
                way.list("links", LINK, link -> new Link(link.text("href", ""), link.text("text", ""))),
                way.object().filled("source").orElse(client),
                way.text("severity"),
                way.text("class"),
                way.text("component"),
                way.text("group"));
    }

    /** A service key wins, as it names the older API. */
    private static PagerDutyOptions.Key key(Way way) {
        Optional<Source> service = way.source("service_key");
        Optional<Source> routing = way.source("routing_key");
        if (service.isPresent()) {
            return new PagerDutyOptions.Key.Service(service.get());
        }
        if (routing.isEmpty()) {
            way.problem(
                    way.object().node(),
                    "one of routing_key, routing_key_file, service_key and service_key_file must be given"
                            + " in pagerduty_configs");
        }
        return new PagerDutyOptions.Key.Routing(routing.orElseGet(() -> Source.inline("")));
    }

    private static Map<String, TemplateTree> details(Way way) {
        Map<String, TemplateTree> details =
                new LinkedHashMap<>(new Trees(way.reading()).fields(way.object().value("details"), "details"));
        DETAILS.forEach((name, template) -> details.putIfAbsent(name, new TemplateTree.Text(template)));
        return details;
    }
}
