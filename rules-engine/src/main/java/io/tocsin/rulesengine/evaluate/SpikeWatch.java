package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.alert.Observation;
import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.detect.spike.Budget;
import io.tocsin.rulesengine.detect.spike.Direction;
import io.tocsin.rulesengine.detect.spike.Seasons;
import io.tocsin.rulesengine.detect.spike.Sensitivity;
import io.tocsin.rulesengine.detect.spike.SpikeDetector;
import io.tocsin.rulesengine.detect.spike.SpikePolicy;
import io.tocsin.rulesengine.detect.spike.SpikeState;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict;
import io.tocsin.rulesengine.rules.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One spike rule at one tick: each series against what was learned of it. A series that is not there says nothing. */
final class SpikeWatch {

    private final String rule;
    private final SpikeDetector detector;
    private final Memory memory;
    private final long tickMs;
    private final SortedMap<String, String> whys = new TreeMap<>();

    SpikeWatch(String rule, Condition.Spike spike, long intervalMs, Memory memory, long tickMs) {
        this.rule = rule;
        this.detector =
                new SpikeDetector(policy(spike, Math.max(1, memory.spikes(rule).size()), intervalMs));
        this.memory = memory;
        this.tickMs = tickMs;
    }

    private static SpikePolicy policy(Condition.Spike spike, int series, long intervalMs) {
        return SpikePolicy.of(budget(spike.sensitivity()).margin(series, intervalMs))
                .direction(Direction.valueOf(spike.direction().name()))
                .minChange(0, spike.minChange())
                .seasons(seasons(spike.season()));
    }

    private static Seasons seasons(Condition.Season season) {
        return switch (season) {
            case Condition.Season.Auto _ -> Seasons.AUTO;
            case Condition.Season.None _ -> Seasons.NONE;
            case Condition.Season.Period(var length) ->
                length.equals(Duration.ofHours(1))
                        ? Seasons.HOUR
                        : length.equals(Duration.ofDays(1)) ? Seasons.DAY : Seasons.WEEK;
        };
    }

    private static Budget budget(Condition.Sensitivity sensitivity) {
        return switch (sensitivity) {
            case Condition.Sensitivity.Level level ->
                Sensitivity.valueOf(level.grade().name()).budget();
            case Condition.Sensitivity.Budget budget ->
                new Budget(budget.alarms(), budget.per().toMillis());
        };
    }

    /**
     * Takes the values of the series that are there; returns what the alerts of the rule are told.
     *
     * @param labels of these series
     */
    List<Observation> next(
            SortedMap<String, Labels> labels, SortedMap<String, Double> present, OutageWatch.Holding holding) {
        List<Observation> observations = new ArrayList<>();
        present.forEach((series, value) -> {
            SpikeState state = memory.spikes(rule).getOrDefault(series, new SpikeState());
            SpikeDetector.Step step = detector.step(state, tickMs, value);
            memory.spike(rule, series, step.state());
            SpikeVerdict verdict = step.verdict();
            if (verdict.phase().firing()) {
                whys.put(series, verdict.why());
                observations.add(holding.of(labels.getOrDefault(series, Labels.EMPTY), value, null));
            } else {
                whys.put(series, baseline(verdict) + verdict.why());
                observations.add(new Observation(series, new TreeMap<>(), value, Finding.CLEAR));
            }
        });
        memory.forgetSpikes(rule, tickMs);
        return observations;
    }

    private static String baseline(SpikeVerdict verdict) {
        return verdict.phase() == SpikeVerdict.Phase.BASELINE_CHANGED
                ? "it has stayed so long that this is expected from now on: "
                : "";
    }

    /** What was seen, what is expected, and why, by series. */
    SortedMap<String, String> whys() {
        return whys;
    }
}
