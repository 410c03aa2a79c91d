package io.tocsin.selfheal.action.systemd;

import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A unit as {@code systemctl show} describes it.
 *
 * @param load whether systemd knows it
 * @param state ActiveState, as systemctl(1) has it
 * @param sub SubState
 * @param activeFor how long it has been active; meaningless while it is not
 */
record Unit(String load, String state, String sub, Duration activeFor) {

    boolean absent() {
        return load.equals("not-found");
    }

    boolean active() {
        return state.equals("active");
    }

    boolean failed() {
        return state.equals("failed");
    }

    boolean down() {
        return state.equals("inactive") || failed();
    }

    String text() {
        return state + " (" + sub + ")";
    }

    /**
     * Reads it.
     *
     * @param properties {@code name=value} lines
     * @param uptime {@code /proc/uptime}, read after them: seconds since the machine was started
     * @throws Trouble when they are not what they should be
     */
    static Unit read(String properties, String uptime) throws Trouble {
        Map<String, String> values = new HashMap<>();
        properties.lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end > 0) {
                values.put(line.substring(0, end), line.substring(end + 1));
            }
        });
        try {
            long entered = Long.parseLong(values.getOrDefault("ActiveEnterTimestampMonotonic", "0"));
            double up = Double.parseDouble(uptime.split(" ", 2)[0]);
            Duration activeFor = Duration.ofNanos((long) (up * 1e9)).minus(Duration.ofNanos(entered * 1000));
            String state = values.getOrDefault("ActiveState", "");
            if (!state.isEmpty()) {
                return new Unit(
                        values.getOrDefault("LoadState", ""), state, values.getOrDefault("SubState", ""), activeFor);
            }
        } catch (NumberFormatException e) {
            throw new Trouble(End.FAILED, "systemctl does not describe the unit as it should", e);
        }
        throw new Trouble(End.FAILED, "systemctl does not describe the unit as it should");
    }
}
