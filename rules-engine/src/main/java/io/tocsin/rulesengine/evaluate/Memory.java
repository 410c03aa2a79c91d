package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.RuleState;
import io.tocsin.rulesengine.detect.spike.SpikeState;
import io.tocsin.rulesengine.store.SampleStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Everything that one evaluate partition remembers from tick to tick: alerts, expectations, recorded values. A cache of
 * what went to the ledger: each change is written before the tick ends, and {@link #load} rebuilds it.
 */
public final class Memory {

    private static final String ALERT = "alert";
    private static final String CUT = "cut";
    private static final String EXPECTED = "expected";
    private static final String RECORDED = "recorded";
    private static final String VERSION = "version";
    private static final String SPIKE = "spike";
    private static final String SEASONS = "seasons";
    private static final long SPIKES_KEPT_MS = 8 * 24 * 3_600_000L;
    private static final char SEPARATOR = '\0';
    private static final long EVICTION_MS = 60_000;

    private final Ledger ledger;
    private final Map<String, RuleState> states = new HashMap<>();
    private final Map<String, SortedMap<String, Expected>> expected = new HashMap<>();
    private final Map<String, SortedMap<String, AlertInstance>> loadedAlerts = new HashMap<>();
    private final Map<String, Integer> loadedCuts = new HashMap<>();
    private final SortedMap<String, byte[]> loadedResults = new TreeMap<>();
    private final TreeSet<String> resultKeys = new TreeSet<>();
    private final Map<String, SortedMap<String, SpikeState>> spikes = new HashMap<>();
    private final Map<String, byte[]> loadedSeasons = new HashMap<>();
    private final Map<String, byte[]> loadedSpikes = new HashMap<>();
    private final RecordedSeries recorded;
    private final SampleStore shown;
    private String version = "";
    private long expiredMs;

    /**
     * @param recordedMs how long recorded values are kept, milliseconds
     * @param shown where people see what was recorded
     */
    public Memory(Ledger ledger, long recordedMs, SampleStore shown) {
        this.ledger = ledger;
        this.recorded = new RecordedSeries(recordedMs);
        this.shown = shown;
    }

    /** Takes back one entry of the ledger, in any order; {@link #loaded} ends it. */
    public void load(String key, byte[] value) {
        String[] parts = key.split(String.valueOf(SEPARATOR), 3);
        switch (parts[0]) {
            case ALERT -> {
                AlertInstance instance = AlertInstance.decode(value);
                loadedAlerts.computeIfAbsent(parts[1], rule -> new TreeMap<>()).put(instance.fingerprint(), instance);
            }
            case CUT -> loadedCuts.put(parts[1], Integer.parseInt(text(value)));
            case EXPECTED -> expectations(parts[1]).put(parts[2], Expected.decode(value));
            case RECORDED -> loadedResults.put(key, value);
            case VERSION -> version = text(value);
            case SPIKE -> loadedSpikes.put(parts[1] + SEPARATOR + parts[2], value);
            case SEASONS -> loadedSeasons.put(parts[1] + SEPARATOR + parts[2], value);
            default -> throw new IllegalStateException("an entry of unknown kind: " + parts[0]);
        }
    }

    /** All entries are loaded. */
    public void loaded() {
        loadedResults.forEach((key, value) -> {
            String[] parts = key.split(String.valueOf(SEPARATOR), 3);
            take(parts[2], RecordedSeries.decode(value), Long.parseLong(parts[1], 16));
            resultKeys.add(key);
        });
        loadedResults.clear();
        loadedSpikes.forEach((key, state) -> {
            String[] parts = key.split(String.valueOf(SEPARATOR), 2);
            byte[] seasons = loadedSeasons.get(key);
            if (seasons == null) {
                throw new IllegalStateException("a spike's state without its seasons");
            }
            spikes(parts[0]).put(parts[1], SpikeState.decode(state, seasons));
        });
        loadedSpikes.clear();
        loadedSeasons.clear();
        Set<String> rules = new TreeSet<>(loadedAlerts.keySet());
        rules.addAll(loadedCuts.keySet());
        rules.forEach(rule -> states.put(
                rule,
                new RuleState(loadedAlerts.getOrDefault(rule, new TreeMap<>()), loadedCuts.getOrDefault(rule, 0))));
        loadedAlerts.clear();
        loadedCuts.clear();
    }

    RecordedSeries recorded() {
        return recorded;
    }

    void record(String rule, Map<Labels, Recorded> result, long tickMs) {
        take(rule, result, tickMs);
        String key = RECORDED + SEPARATOR + hex(tickMs) + SEPARATOR + rule;
        ledger.put(key, RecordedSeries.encode(result));
        resultKeys.add(key);
    }

    /** What a rule recorded last; empty when it has recorded nothing, or nothing lately. */
    Set<Labels> lastRecorded(String rule) {
        return recorded.last(rule);
    }

    private void take(String rule, Map<Labels, Recorded> result, long tickMs) {
        List<SampleStore.Incoming> samples = new ArrayList<>();
        result.forEach((labels, given) ->
                samples.add(new SampleStore.Incoming(labels, tickMs, given.value(), given.histogram(), 0)));
        recorded.last(rule).stream()
                .filter(labels -> !result.containsKey(labels))
                .forEach(labels -> samples.add(new SampleStore.Incoming(labels, tickMs, StaleNaN.VALUE, null, 0)));
        shown.take(samples, tickMs);
        recorded.record(rule, result, tickMs);
    }

    /** Forgets recorded values that are too old. */
    void expire(long tickMs) {
        if (Math.floorDiv(tickMs, EVICTION_MS) != Math.floorDiv(expiredMs, EVICTION_MS)) {
            shown.seal(0, 1, tickMs);
            shown.evict(shown.horizonMs(tickMs));
        }
        expiredMs = tickMs;
        String oldest = RECORDED + SEPARATOR + hex(tickMs - recorded.retentionMs());
        SortedSet<String> old = resultKeys.headSet(oldest);
        old.forEach(ledger::delete);
        if (!old.isEmpty()) {
            recorded.expire(tickMs);
        }
        old.clear();
    }

    private static String hex(long tickMs) {
        return String.format("%016x", tickMs);
    }

    String version() {
        return version;
    }

    void version(String next) {
        if (!version.equals(next)) {
            version = next;
            ledger.put(VERSION, next.getBytes(StandardCharsets.UTF_8));
        }
    }

    RuleState rule(String id) {
        return states.getOrDefault(id, RuleState.NONE);
    }

    /** The rules that have anything to remember. */
    Set<String> rules() {
        Set<String> all = new TreeSet<>(states.keySet());
        all.addAll(expected.keySet());
        all.addAll(spikes.keySet());
        return all;
    }

    void rule(String id, RuleState next) {
        RuleState before = rule(id);
        next.instances().forEach((fingerprint, instance) -> {
            if (!instance.equals(before.instances().get(fingerprint))) {
                ledger.put(ALERT + SEPARATOR + id + SEPARATOR + fingerprint, instance.encode());
            }
        });
        before.instances().keySet().stream()
                .filter(fingerprint -> !next.instances().containsKey(fingerprint))
                .forEach(fingerprint -> ledger.delete(ALERT + SEPARATOR + id + SEPARATOR + fingerprint));
        cut(id, before.cut(), next.cut());
        if (next.equals(RuleState.NONE)) {
            states.remove(id);
        } else {
            states.put(id, next);
        }
    }

    private void cut(String id, int before, int next) {
        String key = CUT + SEPARATOR + id;
        if (next == 0 && before != 0) {
            ledger.delete(key);
        } else if (next != before) {
            ledger.put(key, Integer.toString(next).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a rule expects, by result series; changed through {@link #expect} and {@link #forget} only. */
    SortedMap<String, Expected> expectations(String rule) {
        return expected.computeIfAbsent(rule, id -> new TreeMap<>());
    }

    void expect(String rule, String series, Expected next) {
        if (!next.equals(expectations(rule).put(series, next))) {
            ledger.put(EXPECTED + SEPARATOR + rule + SEPARATOR + series, next.encode());
        }
    }

    void forget(String rule, String series) {
        if (expectations(rule).remove(series) != null) {
            ledger.delete(EXPECTED + SEPARATOR + rule + SEPARATOR + series);
        }
    }

    /** What is known of the series of a spike rule; changed through {@link #spike} and {@link #forgetSpikes} only. */
    SortedMap<String, SpikeState> spikes(String rule) {
        return spikes.computeIfAbsent(rule, id -> new TreeMap<>());
    }

    void spike(String rule, String series, SpikeState state) {
        spikes(rule).put(series, state);
        ledger.put(SPIKE + SEPARATOR + rule + SEPARATOR + series, state.encode());
        ledger.put(SEASONS + SEPARATOR + rule + SEPARATOR + series, state.encodeSeasons());
    }

    /** Forgets the series of a spike rule that were not seen for more than a week. */
    void forgetSpikes(String rule, long tickMs) {
        forgetSpikes(rule, state -> state.lastSeenMs() < tickMs - SPIKES_KEPT_MS);
    }

    private void forgetSpikes(String rule, Predicate<SpikeState> which) {
        spikes(rule).entrySet().removeIf(entry -> {
            boolean gone = which.test(entry.getValue());
            if (gone) {
                ledger.delete(SPIKE + SEPARATOR + rule + SEPARATOR + entry.getKey());
                ledger.delete(SEASONS + SEPARATOR + rule + SEPARATOR + entry.getKey());
            }
            return gone;
        });
    }

    void forgetExpectations(String rule) {
        forgetSpikes(rule, state -> true);
        spikes.remove(rule);
        List<String> all = new ArrayList<>(expectations(rule).keySet());
        all.forEach(series -> forget(rule, series));
        expected.remove(rule);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
