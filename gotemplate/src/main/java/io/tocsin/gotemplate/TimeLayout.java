package io.tocsin.gotemplate;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Formats times by an example of the reference time, Mon Jan 2 15:04:05 MST 2006, as Go's {@code Time.Format}. */
final class TimeLayout {
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /** The parts of a layout; at each place the first that fits counts. */
    private static final List<String> PARTS = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "01",
            "002",
            "02",
            "03",
            "04",
            "05",
            "06",
            "2006",
            "15",
            "__2",
            "_2",
            "-07:00:00",
            "-070000",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00:00",
            "Z070000",
            "Z07:00",
            "Z0700",
            "Z07",
            "PM",
            "pm",
            "1",
            "2",
            "3",
            "4",
            "5");

    private TimeLayout() {}

    static String format(String layout, ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            int fraction = fractionLength(layout, at);
            if (fraction > 0) {
                out.append(fraction(layout.substring(at, at + fraction), time.getNano()));
                at += fraction;
                continue;
            }
            String part = partAt(layout, at);
            out.append(part.isEmpty() ? layout.substring(at, at + 1) : shown(part, time));
            at += Math.max(1, part.length());
        }
        return out.toString();
    }

    private static String partAt(String layout, int at) {
        for (String part : PARTS) {
            if (layout.startsWith(part, at) && !(part.equals("Jan") && startsLowerCase(layout, at + 3))) {
                return part.equals("_2") && layout.startsWith("_2006", at) ? "" : part;
            }
        }
        return "";
    }

    private static boolean startsLowerCase(String text, int at) {
        return at < text.length() && Character.isLowerCase(text.charAt(at));
    }

    /** The length of a fraction such as .000 or ,999, which digits must not follow. */
    private static int fractionLength(String layout, int at) {
        char first = layout.charAt(at);
        if ((first != '.' && first != ',') || at + 1 >= layout.length()) {
            return 0;
        }
        char digit = layout.charAt(at + 1);
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        return end < layout.length() && Character.isDigit(layout.charAt(end)) ? 0 : end - at;
    }

    private static String fraction(String part, int nanos) {
        int digits = Math.min(9, part.length() - 1);
        String shown = String.format(Locale.ROOT, "%09d", nanos).substring(0, digits);
        if (part.charAt(1) == '9') {
            shown = shown.replaceAll("0+$", "");
            return shown.isEmpty() ? "" : part.charAt(0) + shown;
        }
        return part.charAt(0) + shown;
    }

    private static String shown(String part, ZonedDateTime time) {
        int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (part) {
            case "January" -> MONTHS.get(time.getMonthValue() - 1);
            case "Jan" -> MONTHS.get(time.getMonthValue() - 1).substring(0, 3);
            case "1" -> String.valueOf(time.getMonthValue());
            case "01" -> padded(time.getMonthValue(), 2);
            case "Monday" -> DAYS.get(time.getDayOfWeek().getValue() % 7);
            case "Mon" -> DAYS.get(time.getDayOfWeek().getValue() % 7).substring(0, 3);
            case "2" -> String.valueOf(time.getDayOfMonth());
            case "_2" -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
            case "02" -> padded(time.getDayOfMonth(), 2);
            case "__2" -> String.format(Locale.ROOT, "%3d", time.getDayOfYear());
            case "002" -> padded(time.getDayOfYear(), 3);
            case "15" -> padded(time.getHour(), 2);
            case "3" -> String.valueOf(hour12);
            case "03" -> padded(hour12, 2);
            case "4" -> String.valueOf(time.getMinute());
            case "04" -> padded(time.getMinute(), 2);
            case "5" -> String.valueOf(time.getSecond());
            case "05" -> padded(time.getSecond(), 2);
            case "2006" -> padded(time.getYear(), 4);
            case "06" -> padded(time.getYear() % 100, 2);
            case "PM" -> time.getHour() >= 12 ? "PM" : "AM";
            case "pm" -> time.getHour() >= 12 ? "pm" : "am";
            case "MST" -> zoneName(time);
            default -> offset(part, time.getOffset().getTotalSeconds());
        };
    }

    private static String zoneName(ZonedDateTime time) {
        return time.getZone() instanceof ZoneOffset offset && offset.getTotalSeconds() == 0
                ? "UTC"
                : time.getZone().getId().equals("UTC")
                        ? "UTC"
                        : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                                .format(time);
    }

    /** The distance from UTC; a layout with Z writes zero as Z. */
    private static String offset(String part, int seconds) {
        if (part.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        String form = part.substring(1);
        int size = Math.abs(seconds);
        String hours = padded(size / 3600, 2);
        String minutes = padded(size / 60 % 60, 2);
        String rest = padded(size % 60, 2);
        String separator = form.contains(":") ? ":" : "";
        int length = form.replace(":", "").length();
        return (seconds < 0 ? "-" : "+")
                + hours
                + (length > 2 ? separator + minutes : "")
                + (length > 4 ? separator + rest : "");
    }

    private static String padded(int number, int digits) {
        String text = String.valueOf(Math.abs(number));
        return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
