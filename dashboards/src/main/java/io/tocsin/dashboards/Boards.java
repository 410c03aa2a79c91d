package io.tocsin.dashboards;

import static io.tocsin.dashboards.Panel.bars;
import static io.tocsin.dashboards.Panel.graph;
import static io.tocsin.dashboards.Panel.lines;
import static io.tocsin.dashboards.Panel.number;
import static io.tocsin.dashboards.Panel.ranking;
import static io.tocsin.dashboards.Panel.table;

import io.tocsin.dashboards.Query.Promql;
import io.tocsin.dashboards.Query.Sql;
import java.util.List;
import java.util.Map;

/** The dashboards that Tocsin ships, and what each of their panels asks. */
final class Boards {

    private static final String SERVER = "span_kind=\"SPAN_KIND_SERVER\"";
    private static final String FAILED = SERVER + ",status_code=\"STATUS_CODE_ERROR\"";
    private static final String CALLS = "traces_span_metrics_calls_total";
    private static final String TOOK = "traces_span_metrics_duration_milliseconds_bucket";
    private static final String RATE = "[$__rate_interval]";

    private Boards() {}

    static List<Board> all() {
        return List.of(
                overview(), service(), node(), map(), incidents(), onCall(), healing(), objectives(), pipeline());
    }

    private static Board overview() {
        return Board.named("overview", "overview", "Is anything wrong, and in which layer?")
                .written("business", "Business counter", "shop_orders_total")
                .variable("service", "Service", "label_values(target_info, service_name)")
                .row(
                        "Now",
                        number(
                                        "Open incidents",
                                        "short",
                                        sql("SELECT count(*) FROM notifier.v_incident WHERE status = 'OPEN'"))
                                .warns(1, 3),
                        number("Firing alerts", "short", one("count(ALERTS{alertstate=\"firing\"}) or vector(0)"))
                                .warns(1, 10),
                        number("Services that report", "short", one("count(count by (service_name) (target_info))")),
                        number("Requests", "reqps", one("sum(rate(" + CALLS + "{" + SERVER + "}" + RATE + "))")),
                        number("Requests that fail", "percentunit", one(failing("", "")))
                                .warns(0.01, 0.05),
                        number("Shards behind", "s", one("max(time() - tocsin_engine_tick_timestamp_seconds)"))
                                .warns(10, 60))
                .row(
                        "User: what people at the other end see",
                        lines(
                                "Answered well",
                                "percentunit",
                                of("1 - (" + failing("service_name", "") + ")", "{{service_name}}")),
                        lines("95th percentile", "ms", of(quantile(0.95, "service_name", ""), "{{service_name}}")),
                        lines(
                                        "Within 400 ms",
                                        "percentunit",
                                        of(
                                                "sum by (service_name) (rate(" + TOOK + "{" + SERVER
                                                        + ",le=~\"400(\\\\.0)?\","
                                                        + CHOSEN
                                                        + "}" + RATE + ")) / sum by (service_name) (rate(" + TOOK + "{"
                                                        + SERVER
                                                        + ",le=\"+Inf\"," + CHOSEN + "}" + RATE + "))",
                                                "{{service_name}}"))
                                .says("The share of requests that a person does not wait for."))
                .row(
                        "Business: what the company lives from",
                        lines("Per second", "short", of("sum(rate({__name__=\"$business\"}" + RATE + "))", "$business"))
                                .size(12, 8)
                                .says("Write the name of your own counter above."),
                        lines(
                                        "By outcome",
                                        "short",
                                        of(
                                                "sum by (service_name, outcome) (rate({__name__=\"$business\"}" + RATE
                                                        + "))",
                                                "{{service_name}} {{outcome}}"))
                                .size(12, 8))
                .row(
                        "Application: services",
                        lines(
                                "Requests",
                                "reqps",
                                of(
                                        "sum by (service_name) (rate(" + CALLS + "{" + SERVER + "," + CHOSEN + "}"
                                                + RATE + "))",
                                        "{{service_name}}")),
                        lines("Failures", "percentunit", of(failing("service_name", ""), "{{service_name}}")),
                        lines("99th percentile", "ms", of(quantile(0.99, "service_name", ""), "{{service_name}}")))
                .row(
                        "System: hosts",
                        lines("Processors busy", "percentunit", of(BUSY, "{{host_name}}"))
                                .warns(0.8, 0.95),
                        lines("Memory used", "percentunit", of(MEMORY, "{{host_name}}"))
                                .warns(0.85, 0.95),
                        lines("Fullest disk", "percentunit", of("max by (host_name) (" + DISK + ")", "{{host_name}}"))
                                .warns(0.85, 0.95))
                .build();
    }

    private static final String CHOSEN = "service_name=~\"$service\"";
    private static final String HOST = "host_name=~\"$host\"";
    private static final String BUSY = "1 - sum by (host_name) (rate(system_cpu_time_seconds_total{state=\"idle\"}"
            + RATE + ")) / sum by (host_name) (rate(system_cpu_time_seconds_total" + RATE + "))";
    private static final String MEMORY =
            "sum by (host_name) (system_memory_usage_bytes{state=\"used\"}) / sum by (host_name) (system_memory_usage_bytes)";
    private static final String DISK = "sum by (host_name, mountpoint) (system_filesystem_usage_bytes{state=\"used\"})"
            + " / sum by (host_name, mountpoint) (system_filesystem_usage_bytes)";

    /** The share of requests that fail, by some labels; zero where none do. */
    private static String failing(String by, String more) {
        String chosen = by.isEmpty() ? "" : "," + CHOSEN;
        String all = "sum by (" + by + ") (rate(" + CALLS + "{" + SERVER + chosen + more + "}" + RATE + "))";
        return "sum by (" + by + ") (rate(" + CALLS + "{" + FAILED + chosen + more + "}" + RATE + ")) / " + all
                + " or 0 * " + all;
    }

    private static String quantile(double q, String by, String more) {
        return "histogram_quantile(" + q + ", sum by (" + by + ", le) (rate(" + TOOK + "{" + SERVER + "," + CHOSEN
                + more + "}" + RATE + ")))";
    }

    private static Board service() {
        return Board.named("service", "service", "Rate, errors, duration (Wilkie's RED) of the chosen services.")
                .variable("service", "Service", "label_values(target_info, service_name)")
                .row(
                        "Rate, errors, duration",
                        lines(
                                "Rate",
                                "reqps",
                                of(
                                        "sum by (service_name, span_name) (rate(" + CALLS + "{" + SERVER + "," + CHOSEN
                                                + "}" + RATE + "))",
                                        "{{service_name}} {{span_name}}")),
                        lines("Errors", "percentunit", of(failing("service_name", ""), "{{service_name}}")),
                        lines(
                                "Duration",
                                "ms",
                                of(quantile(0.5, "service_name", ""), "{{service_name}} median"),
                                of(quantile(0.99, "service_name", ""), "{{service_name}} 99th")))
                .row(
                        "Around it",
                        lines(
                                "Calls to others",
                                "reqps",
                                of(
                                        "sum by (service_name, span_name) (rate(" + CALLS
                                                + "{span_kind=\"SPAN_KIND_CLIENT\"," + CHOSEN + "}" + RATE + "))",
                                        "{{service_name}} {{span_name}}")),
                        lines(
                                "Instances",
                                "short",
                                of("count by (service_name) (target_info{" + CHOSEN + "})", "{{service_name}}")),
                        lines(
                                "Alerts",
                                "short",
                                of(
                                        "count by (service_name, alertname) (ALERTS{alertstate=\"firing\"," + CHOSEN
                                                + "}) or 0 * count by (service_name) (target_info{" + CHOSEN + "})",
                                        "{{service_name}} {{alertname}}")))
                .build();
    }

    private static Board node() {
        return Board.named("node", "node", "Utilisation, saturation, errors (Gregg's USE) of each resource of a host.")
                .variable("host", "Host", "label_values(system_memory_usage_bytes, host_name)")
                .row(
                        "Utilisation",
                        lines("Processors", "percentunit", of(host(BUSY), "{{host_name}}"))
                                .warns(0.8, 0.95),
                        lines("Memory", "percentunit", of(host(MEMORY), "{{host_name}}"))
                                .warns(0.85, 0.95),
                        lines("File systems", "percentunit", of(host(DISK), "{{host_name}} {{mountpoint}}"))
                                .warns(0.85, 0.95))
                .row(
                        "Saturation",
                        lines(
                                        "Load per processor",
                                        "short",
                                        of(
                                                "max by (host_name) (system_cpu_load_average_1m{" + HOST
                                                        + "}) / count by (host_name) (count by (host_name, cpu) (system_cpu_time_seconds_total{"
                                                        + HOST + "}))",
                                                "{{host_name}}"))
                                .warns(1, 2),
                        lines(
                                "Disks busy",
                                "percentunit",
                                of(
                                        "sum by (host_name, device) (rate(system_disk_io_time_seconds_total{" + HOST
                                                + "}" + RATE + "))",
                                        "{{host_name}} {{device}}")),
                        lines(
                                "Disk bytes",
                                "Bps",
                                of(
                                        "sum by (host_name, device, direction) (rate(system_disk_io_bytes_total{" + HOST
                                                + "}" + RATE + "))",
                                        "{{device}} {{direction}}")))
                .row(
                        "Network",
                        lines(
                                        "Bytes",
                                        "Bps",
                                        of(
                                                "sum by (host_name, device, direction) (rate(system_network_io_bytes_total{"
                                                        + HOST + "}" + RATE + "))",
                                                "{{device}} {{direction}}"))
                                .size(12, 8),
                        lines(
                                        "Errors",
                                        "short",
                                        of(
                                                "sum by (host_name, device, direction) (rate(system_network_errors_total{"
                                                        + HOST + "}" + RATE + "))",
                                                "{{device}} {{direction}}"))
                                .size(12, 8))
                .build();
    }

    private static String host(String expression) {
        return expression
                .replace("{state", "{" + HOST + ",state")
                .replace("_total[", "_total{" + HOST + "}[")
                .replace("usage_bytes)", "usage_bytes{" + HOST + "})");
    }

    private static Board map() {
        String edges = "max by (client, server) (tocsin_console_calls_per_second)";
        return Board.named("service-map", "service map", "Who calls whom, from traces of the last five minutes.")
                .row(
                        "Calls",
                        graph(
                                        "Services",
                                        node("label_replace(sum by (service_name) (rate(" + CALLS + "{" + SERVER + "}"
                                                + RATE + ")), \"id\", \"$1\", \"service_name\", \"(.*)\")"),
                                        node("label_replace(label_replace(label_join(" + edges
                                                + ", \"id\", \" to \", \"client\", \"server\"), \"source\", \"$1\", \"client\", \"(.*)\"),"
                                                + " \"target\", \"$1\", \"server\", \"(.*)\")"))
                                .named(Map.of(
                                        "service_name",
                                        "title",
                                        "Value #nodes",
                                        "mainstat",
                                        "Value #edges",
                                        "mainstat"))
                                .says("Numbers are calls per second."))
                .row(
                        "Each call",
                        lines("Calls", "reqps", of(edges, "{{client}} to {{server}}")),
                        lines(
                                "Failures",
                                "percentunit",
                                of(
                                        "max by (client, server) (tocsin_console_calls_failed_ratio)",
                                        "{{client}} to {{server}}")),
                        lines(
                                "Mean time",
                                "s",
                                of(
                                        "max by (client, server) (tocsin_console_calls_mean_seconds)",
                                        "{{client}} to {{server}}")))
                .build();
    }

    private static Board incidents() {
        return Board.named("incidents", "incidents and alerts", "What burns, what burned, and how long it took.")
                .since("now-24h")
                .row(
                        "Now",
                        number(
                                        "Open incidents",
                                        "short",
                                        sql("SELECT count(*) FROM notifier.v_incident WHERE status = 'OPEN'"))
                                .warns(1, 3),
                        number("Firing", "short", one("count(ALERTS{alertstate=\"firing\"}) or vector(0)"))
                                .warns(1, 10),
                        number("Pending", "short", one("count(ALERTS{alertstate=\"pending\"}) or vector(0)")),
                        number(
                                "Without data",
                                "short",
                                sql("SELECT count(*) FROM notifier.v_alert WHERE condition = 'NO_DATA'")),
                        number(
                                "Mean time to recovery",
                                "s",
                                sql(
                                        "SELECT coalesce(avg(extract(epoch FROM closed_at - opened_at)), 0) FROM notifier.v_incident"
                                                + " WHERE closed_at IS NOT NULL AND $__timeFilter(opened_at)")),
                        number(
                                "Alerts per incident",
                                "short",
                                sql(
                                        "SELECT coalesce(avg(alerts), 0) FROM notifier.v_incident WHERE $__timeFilter(opened_at)")))
                .row(
                        "Incidents",
                        table(
                                "In this time",
                                sql(
                                        "SELECT opened_at AS \"opened\", closed_at AS \"closed\", status, severity, title, root_cause AS \"root cause\", alerts, id"
                                                + " FROM notifier.v_incident WHERE $__timeFilter(opened_at) OR status = 'OPEN' ORDER BY opened_at DESC LIMIT 200")),
                        bars(
                                "Opened",
                                "short",
                                series(
                                        "SELECT $__timeGroup(opened_at, '5m') AS time, severity AS metric, count(*) AS value FROM notifier.v_incident"
                                                + " WHERE $__timeFilter(opened_at) GROUP BY 1, 2 ORDER BY 1")),
                        lines("Alerts by state", "short", of("count by (alertstate) (ALERTS)", "{{alertstate}}"))
                                .size(12, 8))
                .row(
                        "Alerts",
                        table("Active now", moment("ALERTS"))
                                .named(Map.of("alertname", "alert", "alertstate", "state")),
                        ranking(
                                "Most often in this time",
                                "short",
                                sql(
                                        "SELECT alertname, count(*) AS episodes FROM notifier.v_alert WHERE $__timeFilter(starts_at) GROUP BY 1 ORDER BY 2 DESC LIMIT 10")),
                        bars(
                                "Changes of state",
                                "short",
                                of("sum(rate(tocsin_engine_transitions_total" + RATE + ")) * 60", "per minute")))
                .build();
    }

    private static Board onCall() {
        return Board.named("on-call", "on-call load", "How often people are called, when, and for what.")
                .since("now-7d")
                .row(
                        "In this time",
                        number(
                                "Notices of fire",
                                "short",
                                sql(
                                        "SELECT count(*) FROM notifier.v_notice WHERE firing > 0 AND $__timeFilter(created_at)")),
                        number(
                                        "Between 22 and 7 (UTC)",
                                        "short",
                                        sql(
                                                "SELECT count(*) FROM notifier.v_notice WHERE firing > 0 AND $__timeFilter(created_at)"
                                                        + " AND (extract(hour FROM created_at AT TIME ZONE 'UTC') >= 22 OR extract(hour FROM created_at AT TIME ZONE 'UTC') < 7)"))
                                .warns(3, 10),
                        number(
                                "On weekends",
                                "short",
                                sql(
                                        "SELECT count(*) FROM notifier.v_notice WHERE firing > 0 AND $__timeFilter(created_at)"
                                                + " AND extract(isodow FROM created_at AT TIME ZONE 'UTC') > 5")),
                        number(
                                        "Not delivered",
                                        "short",
                                        sql(
                                                "SELECT count(*) FROM notifier.v_notice WHERE state = 'DEAD' AND $__timeFilter(created_at)"))
                                .warns(1, 1),
                        number(
                                "From decision to delivery",
                                "s",
                                sql(
                                        "SELECT coalesce(percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)), 0)"
                                                + " FROM notifier.v_notice WHERE state = 'DELIVERED' AND $__timeFilter(created_at)")),
                        number(
                                        "Held back",
                                        "percentunit",
                                        sql(
                                                "SELECT coalesce(sum(held)::float / nullif(sum(held + told), 0), 0) FROM notifier.v_decision WHERE $__timeFilter(last_at)"))
                                .says("Alerts that were not told, because something explains or covers them."))
                .row(
                        "When and whom",
                        bars(
                                "Notices by receiver",
                                "short",
                                series(
                                        "SELECT $__timeGroup(created_at, '1h') AS time, receiver AS metric, count(*) AS value"
                                                + " FROM notifier.v_notice WHERE firing > 0 AND $__timeFilter(created_at) GROUP BY 1, 2 ORDER BY 1")),
                        bars(
                                "Why they were sent",
                                "short",
                                series(
                                        "SELECT $__timeGroup(created_at, '1h') AS time, reason AS metric, count(*) AS value"
                                                + " FROM notifier.v_notice WHERE $__timeFilter(created_at) GROUP BY 1, 2 ORDER BY 1")))
                .row(
                        "For what",
                        ranking(
                                "Loudest alerts",
                                "short",
                                sql(
                                        "SELECT coalesce(alertname, 'several') AS alert, count(*) AS notices FROM notifier.v_notice"
                                                + " WHERE firing > 0 AND $__timeFilter(created_at) GROUP BY 1 ORDER BY 2 DESC LIMIT 10")),
                        lines(
                                        "Delivery attempts",
                                        "short",
                                        of(
                                                "sum by (outcome) (rate(tocsin_notifier_delivery_attempts_total" + RATE
                                                        + ")) * 60",
                                                "{{outcome}}"))
                                .size(12, 8),
                        table(
                                "Notices",
                                sql(
                                        "SELECT created_at AS \"decided\", receiver, integration, reason, state, attempts, last_outcome AS \"last outcome\""
                                                + " FROM notifier.v_notice WHERE $__timeFilter(created_at) ORDER BY created_at DESC LIMIT 200")))
                .build();
    }

    private static Board healing() {
        return Board.named("self-healing", "self-healing", "What was repaired, what was refused, and why.")
                .since("now-24h")
                .row(
                        "In this time",
                        number(
                                "Repairs",
                                "short",
                                sql("SELECT count(*) FROM selfheal.v_run WHERE $__timeFilter(started_at)")),
                        number(
                                "Verified",
                                "percentunit",
                                sql(
                                        "SELECT coalesce(avg((failure IS NULL)::int), 1) FROM selfheal.v_run WHERE ended_at IS NOT NULL AND $__timeFilter(started_at)")),
                        number("Running", "short", sql("SELECT count(*) FROM selfheal.v_run WHERE ended_at IS NULL")),
                        number(
                                        "Waiting for a person",
                                        "short",
                                        sql(
                                                "SELECT count(*) FROM selfheal.v_approval WHERE answer IS NULL AND expires_at > now()"))
                                .warns(1, 5),
                        number("In quarantine", "short", sql("SELECT count(*) FROM selfheal.v_quarantine"))
                                .warns(1, 3),
                        number("Playbooks", "short", one("sum(tocsin_selfheal_playbooks)")))
                .row(
                        "Repairs",
                        table(
                                "Repairs",
                                sql(
                                        "SELECT started_at AS \"began\", playbook, target, state, attempt, extract(epoch FROM coalesce(ended_at, now()) - started_at) AS seconds,"
                                                + " failure, incident FROM selfheal.v_run WHERE $__timeFilter(started_at) ORDER BY started_at DESC LIMIT 200")),
                        bars(
                                "Decisions",
                                "short",
                                series(
                                        "SELECT $__timeGroup(at, '5m') AS time, what AS metric, count(*) AS value FROM selfheal.v_audit"
                                                + " WHERE $__timeFilter(at) GROUP BY 1, 2 ORDER BY 1")),
                        ranking(
                                "Reasons",
                                "short",
                                sql(
                                        "SELECT reason, count(*) AS times FROM selfheal.v_audit WHERE reason <> '' AND $__timeFilter(at)"
                                                + " GROUP BY 1 ORDER BY 2 DESC LIMIT 10")),
                        table(
                                "Audit",
                                sql(
                                        "SELECT at, actor, what, playbook, target, reason, detail, incident FROM selfheal.v_audit WHERE $__timeFilter(at) ORDER BY seq DESC LIMIT 200")))
                .build();
    }

    private static Board objectives() {
        String ratio = "sum by (service_name) (rate(" + CALLS + "{" + FAILED + "," + CHOSEN
                + "}[%1$s])) / sum by (service_name) (rate(" + CALLS + "{" + SERVER + "," + CHOSEN
                + "}[%1$s])) or 0 * sum by (service_name) (rate(" + CALLS + "{" + SERVER + "," + CHOSEN + "}[%1$s]))";
        String burn = "(" + ratio + ") / (1 - $objective / 100)";
        return Board.named(
                        "slo",
                        "objectives",
                        "How fast the error budget of each service burns: 1 uses it up exactly in its period.")
                .since("now-6h")
                .written("objective", "Objective, percent", "99.9")
                .variable("service", "Service", "label_values(target_info, service_name)")
                .row(
                        "Burn rate",
                        lines("5 minutes", "short", of(burn.formatted("5m"), "{{service_name}}"))
                                .warns(6, 14.4),
                        lines("1 hour", "short", of(burn.formatted("1h"), "{{service_name}}"))
                                .warns(6, 14.4)
                                .says(
                                        "A page at 14.4 over one hour and five minutes, or 6 over six hours and thirty: Google's SRE workbook, chapter 5."),
                        lines("6 hours", "short", of(burn.formatted("6h"), "{{service_name}}"))
                                .warns(1, 6))
                .row(
                        "Budget",
                        ranking(
                                "Answered well in the last 6 hours",
                                "percentunit",
                                moment("1 - (" + ratio.formatted("6h") + ")")),
                        lines(
                                        "Alerts of objectives",
                                        "short",
                                        of(
                                                "count by (slo, severity) (ALERTS{slo!=\"\"}) or vector(0)",
                                                "{{slo}} {{severity}}"))
                                .size(12, 8))
                .build();
    }

    private static Board pipeline() {
        return Board.named("pipeline", "pipeline health", "Is Tocsin itself well: doors, shards, evaluation, notices.")
                .row(
                        "Now",
                        number("Farthest behind", "s", one("max(time() - tocsin_engine_tick_timestamp_seconds)"))
                                .warns(10, 60)
                                .says("Includes up to one interval of the self-telemetry."),
                        number("Series", "short", one("sum(tocsin_engine_series)")),
                        number(
                                        "Incomplete ticks",
                                        "short",
                                        one("sum(increase(tocsin_engine_incomplete_ticks_total[5m])) or vector(0)"))
                                .warns(1, 60),
                        number(
                                        "Dead letters",
                                        "short",
                                        one("sum(increase(tocsin_engine_dead_letters_total[5m])) or vector(0)"))
                                .warns(1, 10),
                        number("Notices pending", "short", one("sum(tocsin_notifier_notices_pending)"))
                                .warns(10, 100),
                        number(
                                        "Refused requests",
                                        "reqps",
                                        one("sum(rate(tocsin_collector_requests_refused_total" + RATE
                                                + ")) or vector(0)"))
                                .warns(0.1, 10))
                .row(
                        "Collector",
                        lines(
                                "Accepted",
                                "reqps",
                                of(
                                        "sum by (instance) (rate(tocsin_collector_requests_acknowledged_total" + RATE
                                                + "))",
                                        "{{instance}}")),
                        lines(
                                "Acknowledged within",
                                "s",
                                of(
                                        "histogram_quantile(0.5, sum by (le) (rate(tocsin_collector_acknowledgement_seconds_bucket"
                                                + RATE + ")))",
                                        "median"),
                                of(
                                        "histogram_quantile(0.99, sum by (le) (rate(tocsin_collector_acknowledgement_seconds_bucket"
                                                + RATE + ")))",
                                        "99th")),
                        lines(
                                "Waiting for Kafka",
                                "bytes",
                                of("sum by (instance) (tocsin_collector_in_flight_bytes)", "{{instance}}")))
                .row(
                        "Rules engine",
                        lines(
                                "Tick delay",
                                "s",
                                of(
                                        "histogram_quantile(0.5, sum by (le) (rate(tocsin_engine_tick_delay_seconds_bucket"
                                                + RATE + ")))",
                                        "median"),
                                of(
                                        "histogram_quantile(0.99, sum by (le) (rate(tocsin_engine_tick_delay_seconds_bucket"
                                                + RATE + ")))",
                                        "99th")),
                        lines(
                                "Behind, by shard",
                                "s",
                                of("time() - max by (shard) (tocsin_engine_tick_timestamp_seconds)", "{{shard}}")),
                        lines("Series, by shard", "short", of("sum by (shard) (tocsin_engine_series)", "{{shard}}")),
                        lines(
                                "Samples",
                                "short",
                                of("sum(rate(tocsin_engine_samples_total" + RATE + "))", "per second")),
                        lines(
                                "Convergence delay",
                                "s",
                                of(
                                        "histogram_quantile(0.99, sum by (le) (rate(tocsin_engine_convergence_delay_seconds_bucket"
                                                + RATE + ")))",
                                        "99th")),
                        lines(
                                "Queries",
                                "reqps",
                                of("sum(rate(tocsin_query_requests_total" + RATE + "))", "per second")))
                .row(
                        "Notifier and processes",
                        lines(
                                "Decisions",
                                "short",
                                of(
                                        "sum by (reason) (rate(tocsin_notifier_decisions_total" + RATE + "))",
                                        "{{reason}}")),
                        lines(
                                        "Processor time",
                                        "percentunit",
                                        of(
                                                "max by (service_name, instance) (rate(process_cpu_seconds_total" + RATE
                                                        + "))",
                                                "{{service_name}} {{instance}}"))
                                .says("In one process tree all modules share it."),
                        lines(
                                "Heap",
                                "bytes",
                                of(
                                        "max by (service_name, instance) (jvm_memory_used_bytes{area=\"heap\"})",
                                        "{{service_name}} {{instance}}")))
                .build();
    }

    private static Promql of(String expression, String legend) {
        return new Promql(expression, legend, false);
    }

    private static Promql one(String expression) {
        return new Promql(expression, "", false);
    }

    private static Promql moment(String expression) {
        return new Promql(expression, "", true);
    }

    private static Promql node(String expression) {
        return new Promql(expression, "", true);
    }

    private static Sql sql(String statement) {
        return new Sql(statement, false);
    }

    private static Sql series(String statement) {
        return new Sql(statement, true);
    }
}
