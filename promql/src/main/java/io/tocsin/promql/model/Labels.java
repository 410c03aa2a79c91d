package io.tocsin.promql.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a series: names and values, sorted by the UTF-8 bytes of the names, without empty values (an empty
 * label is a missing label). Immutable; the hash is computed once.
 */
public final class Labels implements Comparable<Labels> {

    public static final String METRIC_NAME = "__name__";
    public static final String BUCKET = "le";
    public static final Labels EMPTY = new Labels(new String[0]);

    /** Name, value, name, value, and so on. */
    private final String[] pairs;

    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /** Labels from name, value, name, value; the last value of a repeated name counts. */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + Arrays.toString(namesAndValues));
        }
        Builder builder = new Builder(EMPTY);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    public static Labels of(Map<String, String> labels) {
        Builder builder = new Builder(EMPTY);
        labels.forEach(builder::set);
        return builder.build();
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    public String name(int index) {
        return pairs[2 * index];
    }

    public String value(int index) {
        return pairs[2 * index + 1];
    }

    /** The value of a label, empty where the label is missing. */
    public String get(String name) {
        int index = indexOf(name);
        return index < 0 ? "" : pairs[index + 1];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The metric's name, empty where there is none. */
    public String metricName() {
        return get(METRIC_NAME);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** These labels without the metric's name. */
    public Labels withoutName() {
        return has(METRIC_NAME) ? filter(name -> !name.equals(METRIC_NAME)) : this;
    }

    public Labels with(String name, String value) {
        return get(name).equals(value) ? this : new Builder(this).set(name, value).build();
    }

    /** Only the labels with these names. */
    public Labels keep(Collection<String> names) {
        return filter(names::contains);
    }

    /** All labels but those with these names. */
    public Labels drop(Collection<String> names) {
        return filter(name -> !names.contains(name));
    }

    public Labels filter(Predicate<String> names) {
        String[] kept = new String[pairs.length];
        int n = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (names.test(pairs[i])) {
                kept[n++] = pairs[i];
                kept[n++] = pairs[i + 1];
            }
        }
        return n == pairs.length ? this : n == 0 ? EMPTY : new Labels(Arrays.copyOf(kept, n));
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The two's own order: pair by pair as UTF-8 bytes, then by length. */
    @Override
    public int compareTo(Labels other) {
        int n = Math.min(pairs.length, other.pairs.length);
        for (int i = 0; i < n; i++) {
            int c = pairs[i].equals(other.pairs[i]) ? 0 : Utf8.compare(pairs[i], other.pairs[i]);
            if (c != 0) {
                return c;
            }
        }
        return pairs.length - other.pairs.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The form {@code {a="b", c="d"}}, as Prometheus writes label sets in messages. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append('{');
        for (int i = 0; i < pairs.length; i += 2) {
            out.append(i == 0 ? "" : ", ");
            if (LabelNames.isLegacy(pairs[i])) {
                out.append(pairs[i]);
            } else {
                GoQuote.quoteTo(out, pairs[i]);
            }
            GoQuote.quoteTo(out.append('='), pairs[i + 1]);
        }
        return out.append('}').toString();
    }

    private int indexOf(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects changes to a label set; setting an empty value deletes the label. */
    public static final class Builder {
        private final List<String> pairs;

        public Builder(Labels base) {
            pairs = new ArrayList<>(Arrays.asList(base.pairs));
        }

        public String get(String name) {
            int at = find(name);
            return at >= 0 ? pairs.get(at + 1) : "";
        }

        public Builder set(String name, String value) {
            if (value.isEmpty()) {
                return delete(name);
            }
            int at = find(name);
            if (at >= 0) {
                pairs.set(at + 1, value);
            } else {
                pairs.add(-at - 1, name);
                pairs.add(-at, value);
            }
            return this;
        }

        public Builder delete(String name) {
            int at = find(name);
            if (at >= 0) {
                pairs.subList(at, at + 2).clear();
            }
            return this;
        }

        public Builder keep(Set<String> names) {
            for (int i = pairs.size() - 2; i >= 0; i -= 2) {
                if (!names.contains(pairs.get(i))) {
                    pairs.subList(i, i + 2).clear();
                }
            }
            return this;
        }

        public Labels build() {
            return pairs.isEmpty() ? EMPTY : new Labels(pairs.toArray(new String[0]));
        }

        /** The index of the name, or minus the place where it belongs, minus one. */
        private int find(String name) {
            for (int i = 0; i < pairs.size(); i += 2) {
                int c = Utf8.compare(pairs.get(i), name);
                if (c == 0) {
                    return i;
                }
                if (c > 0) {
                    return -i - 1;
                }
            }
            return -pairs.size() - 1;
        }
    }
}
