package io.tocsin.rulesengine.differential;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Series that the selectors of rules find, with values around the numbers that the rules compare with: now below, now
 * above, so that alerts fire and resolve.
 */
final class GeneratedTelemetry {

    static final long STEP_MS = 15_000;
    static final int TARGETS = 6;

    private static final List<String> TRIED =
            List.of("x", "1", "a", "5", "500", "/x", "sda", "eth0", "kube-system", "");
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    /** One series of one target. */
    private static final class Series {
        private final Map<String, String> labels;
        private final boolean counter;
        private final double level;
        private final Random random;
        private double regime;
        private int left;
        private double total;

        Series(Map<String, String> labels, boolean counter, double level, long seed) {
            this.labels = labels;
            this.counter = counter;
            this.level = level;
            this.random = new Random(seed);
        }

        double next() {
            if (left-- == 0) {
                regime = new double[] {0, level / 2, level * 2, level + 1, -level}[random.nextInt(5)];
                left = 3 + random.nextInt(10);
            }
            if (!counter) {
                return regime;
            }
            total += Math.abs(regime) * STEP_MS / 1000 + random.nextInt(3);
            return total;
        }
    }

    private final List<Map<Labels, Series>> targets = new ArrayList<>();
    private final Random random;

    GeneratedTelemetry(long seed) {
        random = new Random(seed);
        for (int i = 0; i < TARGETS; i++) {
            targets.add(new LinkedHashMap<>());
        }
    }

    /** Adds what the rule's selectors find; false when there is a selector that nothing was found for. */
    boolean addFor(Expr expr) {
        List<Expr.VectorSelector> selectors = new ArrayList<>();
        List<Double> numbers = new ArrayList<>(List.of(1.0));
        Set<String> mentioned = new LinkedHashSet<>();
        boolean joins = collect(expr, selectors, numbers, mentioned);
        List<List<Map<String, String>>> found = new ArrayList<>();
        for (Expr.VectorSelector selector : selectors) {
            List<Map<String, String>> variants = variants(selector, mentioned, joins);
            if (variants.isEmpty()) {
                return false;
            }
            found.add(variants);
        }
        int only = random.nextInt(TARGETS);
        for (List<Map<String, String>> variants : found) {
            for (int target = 0; target < TARGETS; target++) {
                if (!joins || target == only) {
                    add(target, variants, numbers);
                }
            }
        }
        return true;
    }

    private void add(int target, List<Map<String, String>> variants, List<Double> numbers) {
        for (Map<String, String> labels : variants) {
            String name = labels.getOrDefault("__name__", "");
            double level = numbers.get(random.nextInt(numbers.size()));
            targets.get(target)
                    .putIfAbsent(
                            Labels.of(new TreeMap<>(labels)),
                            new Series(labels, name.matches(".*_(total|count|sum|bucket)"), level, random.nextLong()));
        }
    }

    private static boolean collect(
            Expr expr, List<Expr.VectorSelector> selectors, List<Double> numbers, Set<String> mentioned) {
        boolean joins = false;
        switch (expr) {
            case Expr.VectorSelector selector -> selectors.add(selector);
            case Expr.NumberLiteral number -> {
                if (number.value() != 0 && Math.abs(number.value()) < 1e12) {
                    numbers.add(number.value());
                }
            }
            case Expr.Aggregate aggregate -> mentioned.addAll(aggregate.grouping());
            case Expr.Binary binary -> {
                mentioned.addAll(
                        binary.matching() == null
                                ? List.of()
                                : binary.matching().labels());
                joins = !(binary.left().type() == io.tocsin.promql.ast.ValueType.SCALAR
                        || binary.right().type() == io.tocsin.promql.ast.ValueType.SCALAR);
            }
            default -> {
                // What is below it says more.
            }
        }
        for (Expr child : expr.children()) {
            joins |= collect(child, selectors, numbers, mentioned);
        }
        return joins;
    }

    /** Label sets that fulfil the matchers. */
    private static List<Map<String, String>> variants(
            Expr.VectorSelector selector, Set<String> mentioned, boolean joins) {
        Map<String, String> labels = new TreeMap<>();
        for (String name : mentioned) {
            labels.put(name, "v");
        }
        for (LabelMatcher matcher : selector.matchers()) {
            Optional<String> value = value(selector, matcher.name());
            if (value.isEmpty()) {
                return List.of();
            }
            labels.put(matcher.name(), value.get());
        }
        labels.keySet().removeAll(OF_THE_TARGET);
        labels.values().removeIf(String::isEmpty);
        boolean ofTarget = selector.matchers().stream().anyMatch(matcher -> OF_THE_TARGET.contains(matcher.name()));
        if (ofTarget || !labels.containsKey("__name__")) {
            return List.of();
        }
        if (labels.getOrDefault("__name__", "").endsWith("_bucket")) {
            return List.of("0.1", "1", "10", "+Inf").stream()
                    .map(le -> with(labels, "le", le))
                    .toList();
        }
        return joins ? List.of(labels) : List.of(labels, with(labels, "variant", "two"));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> copy = new TreeMap<>(labels);
        copy.put(name, value);
        return copy;
    }

    private static Optional<String> value(Expr.VectorSelector selector, String name) {
        List<LabelMatcher> all =
                selector.matchers().stream().filter(m -> m.name().equals(name)).toList();
        List<String> tried = new ArrayList<>();
        for (LabelMatcher matcher : all) {
            for (String part : matcher.value().split("[|()]", -1)) {
                tried.add(part);
                tried.add(part.replaceAll("\\.[+*]\\??", "x")
                        .replace("\\", "")
                        .replace("^", "")
                        .replace("$", ""));
            }
        }
        tried.addAll(TRIED);
        return tried.stream()
                .filter(value -> all.stream().allMatch(matcher -> matcher.matches(value)))
                .findFirst();
    }

    static Resource resource(int target) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "job-" + target / 3))
                .addAttributes(attribute("service.instance.id", "instance-" + target % 3))
                .build();
    }

    /** What a target reports next, with the names kept as they are. */
    byte[] report(int target, long atMs) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("differential/prometheusreceiver"));
        for (Series series : targets.get(target).values()) {
            NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                    .setTimeUnixNano(atMs * 1_000_000)
                    .setAsDouble(series.next());
            series.labels.forEach((name, value) -> {
                if (!name.equals("__name__")) {
                    point.addAttributes(attribute(name, value));
                }
            });
            scope.addMetrics(Metric.newBuilder()
                    .setName(series.labels.getOrDefault("__name__", ""))
                    .setGauge(Gauge.newBuilder().addDataPoints(point)));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource(target))
                        .addScopeMetrics(scope))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
