package io.tocsin.benchmarks.rootcause;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.rootcause.Recording.Key;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IssueTest {

    private static final long FIRST = 1_681_849_920;

    @Test
    void theServiceWhereSlownessBeginsIsTheCause() {
        Recording usual = recording(0.1, 0.1, 0.1);
        Recording faulty = recording(1, 1, 1);
        Issue issue = new Issue(usual, faulty, List.of(new String[] {"site", "pay"}, new String[] {"pay", "database"}));
        assertThat(issue.causesAt("site")).first().isEqualTo("database");
    }

    @Test
    void nothingIsFoundWhereNothingIsUnusual() {
        Recording usual = recording(0.1, 0.1, 0.1);
        assertThat(new Issue(usual, usual, List.of()).causesAt("site")).isEmpty();
    }

    private static Recording recording(double site, double pay, double database) {
        SortedMap<Key, SortedMap<Long, Double>> values = new TreeMap<>();
        values.put(new Key("site", "latency"), constant(site));
        values.put(new Key("pay", "latency"), constant(pay));
        values.put(new Key("database", "latency"), constant(database));
        return new Recording(values);
    }

    private static SortedMap<Long, Double> constant(double value) {
        SortedMap<Long, Double> values = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            values.put(FIRST + 300L * i, value);
        }
        return values;
    }
}
