package io.tocsin.rulesengine.detect.spike;

/** In which regard a value is compared with what its series has shown. */
enum Aspect {
    /** The value itself. */
    VALUE(0, 1.0, "anything seen"),
    /** What the value is above or below what is usual in this part of the hour. */
    HOUR(1, 0.3, "usual for this part of the hour"),
    /** What the value is above or below what is usual at this time of day. */
    DAY(2, 0.3, "usual for this time of day"),
    /** What the value is above or below what is usual at this time of the week. */
    WEEK(3, 0.2, "usual for this time of the week"),
    /** What the value is above or below the average of the last hundred. */
    JUMP(4, 0.5, "what followed values like the last ones"),
    /** The average of the last thirty or so values: many that are a little too high are noticed as well. */
    AVERAGE(5, 1.0, "the average of this many values has been");

    /** Where it stands in the state. */
    final int index;

    final double weight;
    final String words;

    Aspect(int index, double weight, String words) {
        this.index = index;
        this.weight = weight;
        this.words = words;
    }
}
