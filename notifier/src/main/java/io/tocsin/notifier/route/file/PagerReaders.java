package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.IncidentioOptions;
import io.tocsin.notifier.route.receiver.PushoverOptions;
import io.tocsin.notifier.route.receiver.PushoverOptions.Format;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.VictorOpsOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the pagers whose options are few: VictorOps, Pushover, incident.io. */
final class PagerReaders {

    static final Set<String> VICTOROPS = Keys.words("""
            api_key api_key_file api_url routing_key message_type state_message entity_display_name monitoring_tool
            custom_fields""");
    static final Set<String> PUSHOVER = Keys.words("""
            user_key user_key_file token token_file title message url url_title device sound priority retry expire ttl
            html monospace""");
    static final Set<String> INCIDENTIO =
            Keys.words("url url_file alert_source_token alert_source_token_file max_alerts timeout");
    private static final Set<String> RESERVED_FIELDS = Keys.words("""
            routing_key message_type state_message entity_display_name monitoring_tool entity_id entity_state""");

    private PagerReaders() {}

    static VictorOpsOptions victorOps(Way way) {
        Map<String, String> custom = way.object().stringMap("custom_fields");
        custom.keySet().stream()
                .filter(RESERVED_FIELDS::contains)
                .forEach(field -> way.problem(
                        way.object().at("custom_fields"),
                        "the custom field \"" + field + "\" has the name of a field that is always sent"));
        return new VictorOpsOptions(
                way.sendResolved(true),
                way.http(),
                way.directory("api_url", "victorops_api_url"),
                way.required("api_key", "victorops_api_key"),
                way.required("routing_key"),
                way.text("message_type", "CRITICAL"),
                way.template("state_message", "victorops.default.state_message"),
                way.template("entity_display_name", "victorops.default.entity_display_name"),
                way.template("monitoring_tool", "victorops.default.monitoring_tool"),
                custom);
    }

    static PushoverOptions pushover(Way way) {
        return new PushoverOptions(
                way.sendResolved(true),
                way.http(),
                way.required("user_key", way.source("user_key")),
                way.required("token", way.source("token")),
                way.template("title", "pushover.default.title"),
                way.template("message", "pushover.default.message"),
                way.template("url", "pushover.default.url"),
                way.text("url_title"),
                way.text("device"),
                way.text("sound"),
                way.text("priority", "{{ if eq .Status \"firing\" }}2{{ else }}0{{ end }}"),
                way.object().goDuration("retry").orElse(Duration.ofMinutes(1)),
                way.object().goDuration("expire").orElse(Duration.ofHours(1)),
                way.object().goDuration("ttl").orElse(Duration.ZERO),
                format(way));
    }

    private static Format format(Way way) {
        boolean html = way.flag("html");
        boolean monospace = way.flag("monospace");
        if (html && monospace) {
            way.problem(way.object().at("monospace"), "at most one of html and monospace may be given");
        }
        if (html) {
            return Format.HTML;
        }
        return monospace ? Format.MONOSPACE : Format.PLAIN;
    }

    static IncidentioOptions incidentio(Way way) {
        HttpOptions http = way.http();
        Optional<Source> token = way.source("alert_source_token");
        boolean ownHttp = way.object().has("http_config");
        boolean authorized = http.authentication()
                .filter(Authentication.Scheme.class::isInstance)
                .isPresent();
        if (ownHttp && authorized && token.isPresent()) {
            way.problem(
                    way.object().node(),
                    "at most one of alert_source_token, or its file, and http_config.authorization may be given");
        }
        if (ownHttp && !authorized && token.isEmpty()) {
            way.problem(
                    way.object().node(),
                    "one of alert_source_token, alert_source_token_file and http_config.authorization must be given"
                            + " in incidentio_configs");
        }
        return new IncidentioOptions(
                way.sendResolved(true),
                token.map(given -> http.authenticatedBy(new Authentication.Scheme("Bearer", given)))
                        .orElse(http),
                way.timeout(),
                way.required("url", way.address("url")),
                way.object().count("max_alerts"));
    }
}
