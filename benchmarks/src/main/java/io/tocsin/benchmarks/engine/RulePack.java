package io.tocsin.benchmarks.engine;

import java.util.Locale;

/** Rules as operators write them, over what a {@link Fleet} reports: none of them fires on it. */
final class RulePack {

    static final int RULES_PER_GROUP = 10;

    private RulePack() {}

    /** A rule file. Of 20 rules 8 compare gauges of a zone, 6 rates of a zone, 3 sum rates, 3 take quantiles. */
    static String file(int rules, String interval) {
        StringBuilder text = new StringBuilder("groups:\n");
        for (int i = 0; i < rules; i++) {
            if (i % RULES_PER_GROUP == 0) {
                text.append(String.format(
                        Locale.ROOT, "  - name: g%d%n    interval: %s%n    rules:%n", i / RULES_PER_GROUP, interval));
            }
            text.append(String.format(
                    Locale.ROOT, "      - alert: A%d%n        expr: %s%n        for: 1m%n", i, expression(i)));
        }
        return text.toString();
    }

    private static String expression(int rule) {
        int family = rule % Fleet.FAMILIES;
        int zone = rule / 3 % Fleet.ZONES;
        return switch (rule % 20) {
            case 0, 1, 2, 3, 4, 5, 6, 7 ->
                String.format(Locale.ROOT, "bench_level_%d{zone=\"z%d\"} > %d", family, zone, 95 + rule);
            case 8, 9, 10, 11, 12, 13 ->
                String.format(
                        Locale.ROOT, "rate(bench_work_%d_total{zone=\"z%d\"}[5m]) > %d", family, zone, 1_000 + rule);
            case 14, 15, 16 ->
                String.format(
                        Locale.ROOT, "sum by (job) (rate(bench_work_%d_total[5m])) > %d", family, 1_000_000 + rule);
            default ->
                String.format(
                        Locale.ROOT,
                        "histogram_quantile(0.99, sum by (le, job) (rate(bench_duration_%d_bucket[5m]))) > %d",
                        rule % 2,
                        100 + rule);
        };
    }

    /** How many series the rules read in one interval, over all rules. */
    static long ruleSeries(int rules, int targets) {
        long sum = 0;
        for (int i = 0; i < rules; i++) {
            sum += switch (i % 20) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> 3L * targets / Fleet.ZONES;
                case 8, 9, 10, 11, 12, 13 -> 4L * targets / Fleet.ZONES;
                case 14, 15, 16 -> 4L * targets;
                default -> 13L * targets;
            };
        }
        return sum;
    }
}
