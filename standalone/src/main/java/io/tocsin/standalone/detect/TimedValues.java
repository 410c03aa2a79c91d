package io.tocsin.standalone.detect;

import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * A series as a file has it: a time and a value a line, separated by a comma, below an optional line of names. A time is
 * {@code 2026-01-31 12:00:00}, the same with {@code T}, either with an offset, or Unix seconds. Without an offset it is UTC.
 *
 * @param timesMs Unix milliseconds, in the order of the file
 * @param values one per time; NaN where the file has none
 */
@SuppressWarnings("ArrayRecordComponent") // A list would box what is read in a loop; nobody compares or changes it.
public record TimedValues(long[] timesMs, double[] values) {

    private static final double UNIX_SECONDS_END = 1e11;

    /** @throws UserError with {@code file:line:column} where a line is not a time and a value */
    public static TimedValues read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        long[] times = new long[lines.size()];
        double[] values = new double[lines.size()];
        int rows = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || (i == 0 && isHeader(line))) {
                continue;
            }
            int comma = line.indexOf(',');
            String place = file + ":" + (i + 1) + ":";
            if (comma < 0) {
                throw new UserError(place + "1: expected TIME,VALUE, found '" + line + "'");
            }
            times[rows] = time(line.substring(0, comma).strip(), place + "1");
            values[rows++] = value(line.substring(comma + 1).strip(), place + (comma + 2));
        }
        return new TimedValues(Arrays.copyOf(times, rows), Arrays.copyOf(values, rows));
    }

    private static boolean isHeader(String line) {
        return !Character.isDigit(line.charAt(0)) && line.charAt(0) != '-';
    }

    private static long time(String text, String place) {
        try {
            if (text.indexOf('-') <= 0) {
                double number = Double.parseDouble(text);
                return Math.round(number < UNIX_SECONDS_END ? number * 1000 : number);
            }
            String iso = text.replace(' ', 'T');
            boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            return (offset ? Instant.parse(iso) : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)).toEpochMilli();
        } catch (DateTimeException | NumberFormatException e) {
            throw new UserError(
                    place + ": expected a time such as 2026-01-31 12:00:00 or Unix seconds, found '" + text + "'");
        }
    }

    private static double value(String text, String place) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UserError(place + ": expected a number, found '" + text + "'");
        }
    }
}
