package io.tocsin.standalone.doctor;

/**
 * What one look found.
 *
 * @param what was looked at
 * @param level how bad it is
 * @param found what was found
 * @param advice what to do; empty when nothing is to be done
 */
record Finding(String what, Level level, String found, String advice) {

    /** How bad it is. */
    enum Level {
        OK("green"),
        WARN("yellow"),
        FAIL("red");

        private final String colour;

        Level(String colour) {
            this.colour = colour;
        }

        /** Picocli's markup: coloured on a terminal, plain in a pipe. */
        String marked() {
            return "@|bold," + colour + " " + name().toLowerCase(java.util.Locale.ROOT) + "|@";
        }
    }

    static Finding ok(String what, String found) {
        return new Finding(what, Level.OK, found, "");
    }

    static Finding warn(String what, String found, String advice) {
        return new Finding(what, Level.WARN, found, advice);
    }

    static Finding fail(String what, String found, String advice) {
        return new Finding(what, Level.FAIL, found, advice);
    }
}
