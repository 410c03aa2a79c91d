package io.tocsin.promql.engine;

import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The k best values of a group at each step. Columns pass by once: each step keeps a heap with its worst value on top, so
 * that most values are refused after one comparison. Among equal values labels decide, so that it does not matter in which
 * order series come; NaN loses to any number.
 */
final class Best {

    /** A series of which some value was among the best when it came by. */
    private record Member(Labels labels, boolean dropName) {}

    private static final double[] NONE = new double[0];

    private final double[] k;
    private final boolean top;
    private final Budget budget;
    private final List<Member> members = new ArrayList<>();
    /** Heaps by step; for {@code bottomk} with values negated. */
    private final double[][] values;

    private final int[][] owners;
    private final int[] sizes;

    Best(double[] k, int steps, boolean top, Budget budget) {
        this.k = k;
        this.top = top;
        this.budget = budget;
        this.values = new double[steps][];
        this.owners = new int[steps][];
        this.sizes = new int[steps];
        Arrays.fill(values, NONE);
        Arrays.fill(owners, new int[0]);
    }

    void add(Column column) {
        members.add(new Member(column.labels, column.dropName));
        boolean chosen = false;
        for (int i = 0; i < sizes.length; i++) {
            if (!column.hasFloat(i)) {
                continue;
            }
            double value = top ? column.values[i] : -column.values[i];
            if (sizes[i] < (long) k[i]) {
                push(i, value);
                chosen = true;
            } else if (sizes[i] > 0 && worse(values[i][0], owners[i][0], value, members.size() - 1)) {
                values[i][0] = value;
                owners[i][0] = members.size() - 1;
                sink(i);
                chosen = true;
            }
        }
        if (!chosen) {
            members.removeLast();
        }
    }

    private boolean worse(double x, int xOwner, double y, int yOwner) {
        if (x < y || x > y) {
            return x < y;
        }
        if (Double.isNaN(x) != Double.isNaN(y)) {
            return Double.isNaN(x);
        }
        return members.get(xOwner).labels().compareTo(members.get(yOwner).labels()) > 0;
    }

    private boolean worse(int step, int a, int b) {
        return worse(values[step][a], owners[step][a], values[step][b], owners[step][b]);
    }

    private void push(int step, double value) {
        int n = sizes[step]++;
        if (n == values[step].length) {
            int room = (int) Math.min((long) k[step], Math.max(4, 2 * n));
            budget.samples(2L * (room - n));
            values[step] = Arrays.copyOf(values[step], room);
            owners[step] = Arrays.copyOf(owners[step], room);
        }
        values[step][n] = value;
        owners[step][n] = members.size() - 1;
        for (int i = n; i > 0 && worse(step, i, (i - 1) / 2); i = (i - 1) / 2) {
            swap(step, i, (i - 1) / 2);
        }
    }

    private void sink(int step) {
        int n = sizes[step];
        int i = 0;
        while (2 * i + 1 < n) {
            int child = 2 * i + 1;
            if (child + 1 < n && worse(step, child + 1, child)) {
                child++;
            }
            if (!worse(step, child, i)) {
                return;
            }
            swap(step, i, child);
            i = child;
        }
    }

    private void swap(int step, int a, int b) {
        double value = values[step][a];
        values[step][a] = values[step][b];
        values[step][b] = value;
        int owner = owners[step][a];
        owners[step][a] = owners[step][b];
        owners[step][b] = owner;
    }

    /** Gives the series; of an instant query the best one first. */
    void emit(Sink sink) {
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (int step = 0; step < sizes.length; step++) {
            int at = step;
            Comparator<Integer> order = (a, b) -> worse(at, a, b) ? 1 : worse(at, b, a) ? -1 : 0;
            IntStream places = IntStream.range(0, sizes[step]);
            int[] sorted = sizes.length > 1
                    ? places.toArray()
                    : places.boxed().sorted(order).mapToInt(Integer::intValue).toArray();
            for (int place : sorted) {
                Member member = members.get(owners[step][place]);
                Column column = columns.computeIfAbsent(owners[step][place], k -> {
                    budget.samples(sizes.length);
                    return new Column(member.labels(), member.dropName(), sizes.length);
                });
                column.values[step] = top ? values[step][place] : -values[step][place];
            }
        }
        columns.values().forEach(sink::accept);
    }
}
