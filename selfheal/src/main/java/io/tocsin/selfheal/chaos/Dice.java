package io.tocsin.selfheal.chaos;

import java.util.List;

/**
 * Chance that depends on what it is asked for, and not on what was asked before: leaving one fault out does not change
 * everything that comes after it. SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
 */
record Dice(long seed) {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Another source of chance, for this subject. */
    Dice of(Object... subject) {
        long mixed = seed;
        for (Object part : subject) {
            mixed = mix(mixed + GOLDEN + part.hashCode());
        }
        return new Dice(mixed);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /** From 0, inclusive, to 1, exclusive. */
    double fraction() {
        return (mix(seed + GOLDEN) >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** From {@code least}, inclusive, to {@code bound}, exclusive. */
    long between(long least, long bound) {
        return least + (long) (fraction() * (bound - least));
    }

    <T> T one(List<T> of) {
        return of.get((int) between(0, of.size()));
    }
}
