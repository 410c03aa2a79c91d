package io.tocsin.gotemplate;

import java.util.Comparator;

/** The order in which Go prints and ranges over map keys (package internal/fmtsort). */
enum KeyOrder implements Comparator<GoValue> {
    INSTANCE;

    @Override
    public int compare(GoValue a, GoValue b) {
        GoValue x = GoValue.unbox(a);
        GoValue y = GoValue.unbox(b);
        return switch (x) {
            case GoValue.Int i
            when y instanceof GoValue.Int j ->
                x.kind() == Kind.UINT ? Long.compareUnsigned(i.value(), j.value()) : Long.compare(i.value(), j.value());
            case GoValue.Real f when y instanceof GoValue.Real g -> compareFloats(f.value(), g.value());
            case GoValue.Str s when y instanceof GoValue.Str t -> s.bytes().compareTo(t.bytes());
            case GoValue.Bool p when y instanceof GoValue.Bool q -> Boolean.compare(p.value(), q.value());
            default ->
                x.kind() != y.kind()
                        ? x.kind().compareTo(y.kind())
                        : x.toString().compareTo(y.toString());
        };
    }

    /** NaN sorts before all numbers, as in Go; -0 equals 0. */
    private static int compareFloats(double a, double b) {
        if (a < b || (Double.isNaN(a) && !Double.isNaN(b))) {
            return -1;
        }
        return a > b || (Double.isNaN(b) && !Double.isNaN(a)) ? 1 : 0;
    }
}
