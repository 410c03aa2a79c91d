package io.tocsin.rulesengine.detect.spike;

import java.util.Locale;

/**
 * What is said of one value.
 *
 * @param phase where the series stands after it
 * @param score how far outside it is, in widths of what the series has shown; 0 within, NaN where there was no value
 * @param seen what was compared: the value, the increase per second, or an average of the last values
 * @param expectedLow the least that is expected
 * @param expectedHigh the most that is expected
 * @param regard what it is compared with, in words
 */
public record SpikeVerdict(
        Phase phase, double score, double seen, double expectedLow, double expectedHigh, String regard) {

    /** Where a series stands. */
    public enum Phase {
        /** Too little is known of it; nothing is told. */
        LEARNING,
        /** As expected. */
        NORMAL,
        /** An event begins with this value. */
        STARTED,
        /** The event goes on, or it cannot be said, because there was no value. */
        FIRING,
        /** The event goes on, far worse than it began. */
        WORSENED,
        /** It is as expected again. */
        RECOVERED,
        /** It stayed as it is for so long that this is what is expected from now on. */
        BASELINE_CHANGED;

        /** Whether an alert is due. */
        public boolean firing() {
            return this == STARTED || this == FIRING || this == WORSENED;
        }
    }

    /** One sentence for a notice: what was seen, what is expected, and why that is so. */
    public String why() {
        if (Double.isNaN(seen)) {
            return "no value";
        }
        String side = seen > expectedHigh ? "higher than " : seen < expectedLow ? "lower than " : "within what is ";
        String range = text(expectedLow) + " to " + text(expectedHigh);
        return text(seen) + " is " + side + regard + ", expected " + range;
    }

    private static String text(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        String fixed = String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
        return fixed.contains(".") ? fixed.replaceAll("0+$", "").replaceAll("\\.$", "") : fixed;
    }
}
