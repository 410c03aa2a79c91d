package io.tocsin.rulesengine.query;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.store.SampleStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Counts series by what they are called and whose they are: where the memory went. */
final class Cardinality {

    static final int STANDARD = 10;
    static final int MOST = 10_000;

    private static final Comparator<Map.Entry<String, Long>> LARGEST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final String teamLabel;
    private final Map<String, Long> byMetric = new HashMap<>();
    private final Map<String, Long> byTeam = new HashMap<>();
    private final Map<String, Long> byPair = new HashMap<>();
    private final Map<String, Long> valuesOf = new HashMap<>();
    private final Map<String, Long> bytesOf = new HashMap<>();
    private long series;

    private Cardinality(String teamLabel) {
        this.teamLabel = teamLabel;
    }

    /**
     * The report over some stores. A name with values in several of them counts once for each.
     *
     * @param others reports of other instances, to be added
     */
    static Map<String, Object> of(
            Collection<SampleStore> stores, Collection<JsonNode> others, String teamLabel, int most) {
        Cardinality counted = new Cardinality(teamLabel);
        for (SampleStore store : stores) {
            counted.series += store.seriesCount();
            store.count(counted::add);
        }
        others.forEach(counted::add);
        return counted.report(most);
    }

    private void add(JsonNode report) {
        series += report.path("headStats").path("numSeries").asLong();
        add(report.path("seriesCountByMetricName"), byMetric);
        add(report.path("labelValueCountByLabelName"), valuesOf);
        add(report.path("memoryInBytesByLabelName"), bytesOf);
        add(report.path("seriesCountByLabelValuePair"), byPair);
        add(report.path("seriesCountByTeam"), byTeam);
    }

    private static void add(JsonNode rows, Map<String, Long> counts) {
        rows.forEach(row ->
                counts.merge(row.path("name").asString(), row.path("value").asLong(), Long::sum));
    }

    private void add(String name, String value, int count) {
        if (name.equals(Labels.METRIC_NAME)) {
            byMetric.merge(value, (long) count, Long::sum);
        }
        if (name.equals(teamLabel)) {
            byTeam.merge(value, (long) count, Long::sum);
        }
        byPair.merge(name + "=" + value, (long) count, Long::sum);
        valuesOf.merge(name, 1L, Long::sum);
        bytesOf.merge(name, (long) value.length() * count, Long::sum);
    }

    private Map<String, Object> report(int most) {
        long owned = byTeam.values().stream().mapToLong(Long::longValue).sum();
        if (series > owned) {
            byTeam.put("", series - owned);
        }
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("numSeries", series);
        head.put("numLabelPairs", byPair.size());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("headStats", head);
        report.put("seriesCountByMetricName", largest(byMetric, most));
        report.put("labelValueCountByLabelName", largest(valuesOf, most));
        report.put("memoryInBytesByLabelName", largest(bytesOf, most));
        report.put("seriesCountByLabelValuePair", largest(byPair, most));
        report.put("seriesCountByTeam", largest(byTeam, most));
        return report;
    }

    private static List<Map<String, Object>> largest(Map<String, Long> counts, int most) {
        List<Map<String, Object>> rows = new ArrayList<>();
        counts.entrySet().stream().sorted(LARGEST).limit(most).forEach(entry -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", entry.getKey());
            row.put("value", entry.getValue());
            rows.add(row);
        });
        return rows;
    }
}
