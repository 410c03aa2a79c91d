package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what makes an alert: the plain threshold with {@code recover}, or {@code spike}, or {@code outage}. */
final class ConditionReader {

    private static final Set<Duration> SEASONS = Set.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));
    private static final Set<String> SPIKE = Set.of("direction", "sensitivity", "season", "min_change");
    private static final Set<String> OUTAGE = Set.of("missing_for", "zero_for", "forget_after");
    private static final Pattern BUDGET = Pattern.compile("(\\d{1,6}) +per +(\\S+)");
    private static final Pattern INTERVALS = Pattern.compile("(\\d{1,6}) +intervals?");
    private static final Map<String, Condition.Direction> DIRECTIONS =
            Map.of("up", Condition.Direction.UP, "down", Condition.Direction.DOWN, "both", Condition.Direction.BOTH);
    private static final Map<String, Condition.Grade> GRADES =
            Map.of("low", Condition.Grade.LOW, "medium", Condition.Grade.MEDIUM, "high", Condition.Grade.HIGH);

    private final YamlFields rule;
    private final BiConsumer<Position, String> error;
    private final BiConsumer<YamlFields, Collection<String>> allow;

    ConditionReader(
            YamlFields rule, BiConsumer<Position, String> error, BiConsumer<YamlFields, Collection<String>> allow) {
        this.rule = rule;
        this.error = error;
        this.allow = allow;
    }

    /** @param expression reads an expression of the rule by the name of its field */
    Optional<Condition> read(Function<String, Optional<Expression>> expression) {
        List<String> written = new ArrayList<>(List.of("recover", "spike", "outage"));
        written.removeIf(name -> !rule.has(name));
        if (written.size() > 1) {
            error.accept(
                    rule.keyPosition(written.get(1)),
                    "'" + written.get(1) + "' and '" + written.get(0) + "' exclude each other");
            return Optional.empty();
        }
        return switch (written.isEmpty() ? "" : written.getFirst()) {
            case "recover" -> expression.apply("recover").map(Condition.Threshold::new);
            case "spike" -> Optional.of(spike(rule.fields("spike")));
            case "outage" -> outage(rule.fields("outage"));
            default -> Optional.of(new Condition.Threshold(null));
        };
    }

    private Condition spike(YamlFields spike) {
        allow.accept(spike, SPIKE);
        return new Condition.Spike(
                spike.choice("direction", DIRECTIONS).orElse(Condition.Direction.BOTH),
                sensitivity(spike),
                season(spike),
                minChange(spike));
    }

    private Condition.Sensitivity sensitivity(YamlFields spike) {
        Condition.Sensitivity standard = new Condition.Sensitivity.Level(Condition.Grade.MEDIUM);
        String text = spike.text("sensitivity").orElse("medium");
        Condition.Grade grade = GRADES.get(text);
        if (grade != null) {
            return new Condition.Sensitivity.Level(grade);
        }
        Matcher budget = BUDGET.matcher(text);
        Optional<Duration> per = budget.matches() ? Durations.parse(budget.group(2)) : Optional.empty();
        if (per.isEmpty() || per.get().isZero() || Integer.parseInt(budget.group(1)) == 0) {
            error.accept(
                    spike.valuePosition("sensitivity"),
                    "expected low, medium, high or a budget as '1 per 30d' for sensitivity, found '" + text + "'"
                            + Suggestion.nearest(text, GRADES.keySet())
                                    .map(word -> "; did you mean '" + word + "'?")
                                    .orElse(""));
            return standard;
        }
        return new Condition.Sensitivity.Budget(Integer.parseInt(budget.group(1)), per.get());
    }

    private Condition.Season season(YamlFields spike) {
        String text = spike.text("season").orElse("auto");
        return switch (text) {
            case "auto" -> new Condition.Season.Auto();
            case "none" -> new Condition.Season.None();
            default -> {
                Optional<Duration> length = Durations.parse(text).filter(SEASONS::contains);
                if (length.isEmpty()) {
                    error.accept(
                            spike.valuePosition("season"),
                            "expected auto, none, 1h, 1d or 1w for season, found '" + text + "'");
                }
                yield length.<Condition.Season>map(Condition.Season.Period::new).orElseGet(Condition.Season.Auto::new);
            }
        };
    }

    private double minChange(YamlFields spike) {
        Optional<String> text = spike.text("min_change");
        Optional<Double> share = text.flatMap(Shares::parse).filter(value -> value >= 0);
        if (text.isPresent() && share.isEmpty()) {
            error.accept(
                    spike.valuePosition("min_change"),
                    "expected a share as 20% or 0.2 for min_change, found '" + text.get() + "'");
        }
        return share.orElse(Condition.Spike.DEFAULT_MIN_CHANGE);
    }

    private Optional<Condition> outage(YamlFields outage) {
        allow.accept(outage, OUTAGE);
        Optional<Condition.MissingFor> missing = outage.text("missing_for").flatMap(text -> missingFor(outage, text));
        Optional<Duration> zero = outage.duration("zero_for");
        Condition.MissingFor missingFor = missing.orElse(
                outage.has("missing_for") || zero.isPresent() ? null : Condition.Outage.DEFAULT_MISSING_FOR);
        if (missingFor == null && zero.isEmpty()) {
            return Optional.empty();
        }
        Duration forget = outage.duration("forget_after").orElse(Condition.Outage.DEFAULT_FORGET_AFTER);
        return Optional.of(new Condition.Outage(missingFor, zero.orElse(null), forget));
    }

    private Optional<Condition.MissingFor> missingFor(YamlFields outage, String text) {
        Matcher intervals = INTERVALS.matcher(text);
        if (intervals.matches() && Integer.parseInt(intervals.group(1)) > 0) {
            return Optional.of(new Condition.MissingFor.Intervals(Integer.parseInt(intervals.group(1))));
        }
        Optional<Duration> duration = Durations.parse(text).filter(length -> !length.isZero());
        if (duration.isEmpty()) {
            error.accept(
                    outage.valuePosition("missing_for"),
                    "expected '3 intervals' or a duration as 5m for missing_for, found '" + text + "'");
        }
        return duration.map(Condition.MissingFor.Time::new);
    }
}
