package io.tocsin.notifier.route.file;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys that an {@code alertmanager.yml} may have, after Alertmanager's configuration reference. */
final class Keys {

    static final Set<String> FILE = Set.of(
            "global",
            "route",
            "inhibit_rules",
            "receivers",
            "templates",
            "mute_time_intervals",
            "time_intervals",
            "tracing",
            "event_recorder");
    static final Set<String> GLOBAL = words("""
            resolve_timeout http_config jira_api_url smtp_from smtp_hello smtp_smarthost smtp_auth_username
            smtp_auth_password smtp_auth_password_file smtp_auth_secret smtp_auth_secret_file smtp_auth_identity
            smtp_require_tls smtp_tls_config smtp_force_implicit_tls slack_api_url slack_api_url_file slack_app_token
            slack_app_token_file slack_app_url pagerduty_url opsgenie_api_url opsgenie_api_key opsgenie_api_key_file
            wechat_api_url wechat_api_secret wechat_api_secret_file wechat_api_corp_id victorops_api_url
            victorops_api_key victorops_api_key_file telegram_api_url telegram_bot_token telegram_bot_token_file
            webex_api_url rocketchat_api_url rocketchat_token rocketchat_token_file rocketchat_token_id
            rocketchat_token_id_file mattermost_webhook_url mattermost_webhook_url_file""");
    static final Set<String> ROUTE = words("""
            receiver group_by match match_re matchers mute_time_intervals active_time_intervals continue routes
            group_wait group_interval repeat_interval labels convergence""");
    static final Set<String> INHIBIT = words("""
            name source_match source_match_re source_matchers target_match target_match_re target_matchers equal
            sources""");
    static final Set<String> TIME_INTERVAL = words("name time_intervals");
    static final Set<String> OTHER_RECEIVERS = words("""
            discord_configs email_configs incidentio_configs pagerduty_configs slack_configs opsgenie_configs
            wechat_configs pushover_configs victorops_configs sns_configs telegram_configs webex_configs
            msteams_configs msteamsv2_configs jira_configs rocketchat_configs mattermost_configs""");
    static final Set<String> RECEIVER = Stream.concat(
                    OTHER_RECEIVERS.stream(), Stream.of("name", "labels", "webhook_configs"))
            .collect(Collectors.toUnmodifiableSet());
    static final Set<String> WEBHOOK = words("""
            send_resolved http_config url url_file max_alerts timeout payload signing_secrets signing_secret_files""");
    static final Set<String> BASIC_AUTH = words("username username_file password password_file");
    static final Set<String> AUTHORIZATION = words("type credentials credentials_file");
    static final Set<String> HTTP_NOT_SUPPORTED = words("""
            oauth2 tls_config proxy_url no_proxy proxy_from_environment proxy_connect_header http_headers""");
    static final Set<String> HTTP = Stream.concat(
                    HTTP_NOT_SUPPORTED.stream(),
                    words("basic_auth authorization bearer_token bearer_token_file follow_redirects enable_http2")
                            .stream())
            .collect(Collectors.toUnmodifiableSet());

    private Keys() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
