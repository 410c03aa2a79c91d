package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.backtest.BacktestReport;
import io.tocsin.rulesengine.backtest.Episode;
import io.tocsin.rulesengine.backtest.RuleHistory;
import io.tocsin.rulesengine.rules.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A backtest as people and programs read it. */
record BacktestText(BacktestReport report, long tookMs) {

    private static final int SHOWN = 5;
    private static final String NONE = "-";

    /** How often rules could not be evaluated. */
    int failures() {
        return report.rules().stream()
                .flatMap(line -> line.would().stream())
                .mapToInt(RuleHistory::failures)
                .sum();
    }

    void print(PrintWriter out, boolean all) {
        out.printf(
                "%s to %s (%s): %,d records in %.1f s%n",
                Instant.ofEpochMilli(report.fromMs()),
                Instant.ofEpochMilli(report.toMs()),
                length(report.toMs() - report.fromMs()),
                report.records(),
                tookMs / 1000.0);
        if (!report.isWarm()) {
            out.println(
                    "warm-up: the rules look back, wait or learn for " + length(report.neededMs()) + ", the log holds "
                            + length(report.warmMs()) + " before the first tick: early alerts may be missing");
        }
        if (report.poison() > 0) {
            out.printf("%,d records could not be processed%n", report.poison());
        }
        TextTable table = new TextTable(
                "RULE", "ALERTS", "ACTIVE", "LONGEST", "NOTICES", "DEPLOYED: ALERTS", "ACTIVE", "NOTICES", "");
        report.rules().forEach(line -> row(table, line));
        out.println(table);
        report.rules().forEach(line -> line.would().ifPresent(history -> list(out, line.name(), history, all)));
        out.flush();
    }

    private void row(TextTable table, BacktestReport.Line line) {
        table.row(
                line.name(),
                count(line.would()),
                active(line.would()),
                line.would()
                        .map(history -> length(history.longestMs(report.fromMs(), report.toMs())))
                        .orElse(NONE),
                notices(line.would()),
                count(line.does()),
                active(line.does()),
                notices(line.does()),
                verdict(line));
    }

    private static String verdict(BacktestReport.Line line) {
        if (line.would().map(RuleHistory::failures).orElse(0) > 0) {
            return "FAILS";
        }
        if (line.would().isEmpty()) {
            return "removed";
        }
        return line.does().isEmpty() ? "new" : line.isSame() ? "same" : "differs";
    }

    private static String count(Optional<RuleHistory> history) {
        return history.map(h -> Integer.toString(h.episodes().size())).orElse(NONE);
    }

    private static String notices(Optional<RuleHistory> history) {
        return history.map(h -> Integer.toString(h.notices())).orElse(NONE);
    }

    private String active(Optional<RuleHistory> history) {
        return history.map(h -> length(h.activeMs(report.fromMs(), report.toMs())))
                .orElse(NONE);
    }

    private static String length(long millis) {
        return Durations.format(Duration.ofSeconds(Math.round(millis / 1000.0)));
    }

    private void list(PrintWriter out, String name, RuleHistory history, boolean all) {
        List<Episode> episodes = history.episodes();
        if (episodes.isEmpty()) {
            return;
        }
        out.println();
        out.println(name);
        episodes.stream().limit(all ? Long.MAX_VALUE : SHOWN).forEach(episode -> out.println("  " + line(episode)));
        if (!all && episodes.size() > SHOWN) {
            out.println("  and " + (episodes.size() - SHOWN) + " more (--all)");
        }
    }

    private String line(Episode episode) {
        String end = episode.isOpen() || episode.untilMs() > report.toMs()
                ? "goes on"
                : "for " + length(episode.untilMs() - episode.fromMs()) + ", " + episode.ended();
        return Instant.ofEpochMilli(episode.fromMs()) + "  " + episode.began() + " at " + episode.value() + "; " + end
                + "  " + labels(episode);
    }

    private static String labels(Episode episode) {
        return episode.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("alertname"))
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", Instant.ofEpochMilli(report.fromMs()).toString());
        json.put("to", Instant.ofEpochMilli(report.toMs()).toString());
        json.put("records", report.records());
        json.put("unprocessed", report.poison());
        json.put("tookMs", tookMs);
        json.put("warmUpSeconds", report.warmMs() / 1000);
        json.put("warmUpNeededSeconds", report.neededMs() / 1000);
        json.put("rules", report.rules().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(BacktestReport.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", line.name());
        json.put("verdict", verdict(line));
        line.would().ifPresent(history -> json.put("would", json(history)));
        line.does().ifPresent(history -> json.put("deployed", json(history)));
        return json;
    }

    private Map<String, Object> json(RuleHistory history) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("activeSeconds", history.activeMs(report.fromMs(), report.toMs()) / 1000);
        json.put("longestSeconds", history.longestMs(report.fromMs(), report.toMs()) / 1000);
        json.put("notices", history.notices());
        json.put("failures", history.failures());
        json.put("alerts", history.episodes().stream().map(BacktestText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Episode episode) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", episode.labels());
        json.put("from", Instant.ofEpochMilli(episode.fromMs()).toString());
        if (!episode.isOpen()) {
            json.put("until", Instant.ofEpochMilli(episode.untilMs()).toString());
            json.put("ended", episode.ended());
        }
        json.put("began", episode.began());
        json.put("value", Double.toString(episode.value()));
        return json;
    }
}
