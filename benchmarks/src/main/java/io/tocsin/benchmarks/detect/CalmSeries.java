package io.tocsin.benchmarks.detect;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A series of a healthy service, one value a minute: a level with a day and a weekend, growth, deploys that move it a
 * little, jobs on the hour, noise of one of five kinds, and now and then no value. What it is follows from the seed.
 */
final class CalmSeries {

    static final int MINUTES_A_DAY = 24 * 60;

    private static final int MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
    private static final double MISSING = 0.001;

    private enum Noise {
        GAUSS,
        CORRELATED,
        COUNT,
        LOGNORMAL,
        EXPONENTIAL
    }

    private final RandomGenerator random;
    private final Noise noise;
    private final double base;
    private final double spread;
    private final double dayAmplitude;
    private final double harmonic;
    private final double phase;
    private final double weekend;
    private final double growthPerDay;
    private final double deploysPerDay;
    private final double job;
    private double deployed = 1;
    private double correlated;

    CalmSeries(long seed) {
        random = new SplittableRandom(seed);
        noise = Noise.values()[random.nextInt(Noise.values().length)];
        base = Math.exp(random.nextDouble(0, 9));
        spread = random.nextDouble(0.02, 0.2);
        boolean daily = random.nextDouble() < 0.7;
        dayAmplitude = daily ? random.nextDouble(0.1, 0.6) : 0;
        harmonic = daily ? random.nextDouble(0, 0.15) : 0;
        phase = random.nextDouble(0, 2 * Math.PI);
        weekend = daily && random.nextBoolean() ? random.nextDouble(0.5, 0.95) : 1;
        growthPerDay = random.nextDouble() < 0.4 ? random.nextDouble(-0.003, 0.007) : 0;
        deploysPerDay = random.nextDouble() < 0.5 ? random.nextDouble(0, 0.5) : 0;
        job = random.nextDouble() < 0.2 ? random.nextDouble(0.05, 0.3) : 0;
    }

    /** The value of a minute, which must be asked for in order; NaN where there is none. */
    double next(int minute) {
        if (random.nextDouble() < deploysPerDay / MINUTES_A_DAY) {
            deployed *= 1 + random.nextDouble(-0.05, 0.05);
        }
        double angle = 2 * Math.PI * (minute % MINUTES_A_DAY) / MINUTES_A_DAY + phase;
        double season = 1 + dayAmplitude * Math.sin(angle) + harmonic * Math.sin(2 * angle);
        boolean free = minute % MINUTES_A_WEEK >= 5 * MINUTES_A_DAY;
        double hourly = minute % 60 < 3 ? 1 + job : 1;
        double growth = 1 + growthPerDay * minute / MINUTES_A_DAY;
        double value = noisy(base * season * (free ? weekend : 1) * hourly * growth * deployed);
        return random.nextDouble() < MISSING ? Double.NaN : value;
    }

    private double noisy(double expected) {
        return switch (noise) {
            case GAUSS -> Math.max(0, expected * (1 + spread * random.nextGaussian()));
            case CORRELATED -> {
                correlated = 0.9 * correlated + Math.sqrt(1 - 0.81) * random.nextGaussian();
                yield Math.max(0, expected * (1 + spread * correlated));
            }
            case COUNT -> Math.rint(Math.max(0, expected + Math.sqrt(expected) * random.nextGaussian()));
            case LOGNORMAL -> expected * Math.exp(2 * spread * random.nextGaussian());
            case EXPONENTIAL -> expected * (1 + spread * random.nextExponential());
        };
    }
}
