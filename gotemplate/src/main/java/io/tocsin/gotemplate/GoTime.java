package io.tocsin.gotemplate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** Go's {@code time.Time} and {@code time.Duration} as template values, with the methods that templates call. */
public final class GoTime {
    public static final GoType DURATION = GoType.named("time.Duration", GoType.INT64);
    public static final GoType MONTH = GoType.named("time.Month", GoType.INT);
    public static final GoType WEEKDAY = GoType.named("time.Weekday", GoType.INT);
    public static final GoType TIME = GoType.struct("time.Time");
    /** The zero time, which is what Go has for "never". */
    public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private static final long NANOS = 1_000_000_000L;

    static {
        DURATION.printedBy(value -> durationText(nanos(value)));
        durationMethods();
        MONTH.printedBy(value -> TimeLayout.MONTHS.get((int) nanos(value) - 1));
        WEEKDAY.printedBy(value -> TimeLayout.DAYS.get((int) nanos(value)));
        stringMethod(MONTH);
        stringMethod(WEEKDAY);
        TIME.printedBy(value -> TimeLayout.format("2006-01-02 15:04:05.999999999 -0700 MST", time(value)));
        timeMethods();
    }

    private GoTime() {}

    /** A time in UTC. */
    public static GoValue of(Instant instant) {
        return of(instant.atZone(ZoneOffset.UTC));
    }

    public static GoValue of(ZonedDateTime time) {
        return new GoValue.Struct(TIME, time);
    }

    public static GoValue of(Duration duration) {
        return ofNanos(duration.toNanos());
    }

    public static GoValue ofNanos(long nanos) {
        return new GoValue.Int(DURATION, nanos);
    }

    /** The time of a value of type {@link #TIME} or a pointer to one. */
    public static ZonedDateTime time(GoValue value) {
        return ((GoValue.Struct) GoValue.indirect(value)).as(ZonedDateTime.class);
    }

    private static long nanos(GoValue value) {
        return ((GoValue.Int) GoValue.indirect(value)).value();
    }

    private static void stringMethod(GoType type) {
        type.method("String", GoFunction.of(a -> GoValue.of(GoFormat.one(a.getFirst(), 'v'))));
    }

    private static void durationMethods() {
        stringMethod(DURATION);
        DURATION.method("Seconds", GoFunction.of(a -> GoValue.of(split(a, NANOS))))
                .method("Minutes", GoFunction.of(a -> GoValue.of(split(a, 60 * NANOS))))
                .method("Hours", GoFunction.of(a -> GoValue.of(split(a, 3600 * NANOS))))
                .method("Nanoseconds", GoFunction.of(a -> new GoValue.Int(GoType.INT64, nanos(a.getFirst()))))
                .method("Microseconds", GoFunction.of(a -> new GoValue.Int(GoType.INT64, nanos(a.getFirst()) / 1_000)))
                .method(
                        "Milliseconds",
                        GoFunction.of(a -> new GoValue.Int(GoType.INT64, nanos(a.getFirst()) / 1_000_000)))
                .method("Abs", GoFunction.of(a -> ofNanos(Math.abs(nanos(a.getFirst())))))
                .method("Truncate", GoFunction.of(a -> ofNanos(truncated(nanos(a.get(0)), nanos(a.get(1)))), DURATION))
                .method("Round", GoFunction.of(a -> ofNanos(rounded(nanos(a.get(0)), nanos(a.get(1)))), DURATION));
    }

    /** Whole units and the rest apart, as Go computes it, so that no precision is lost. */
    private static double split(List<GoValue> arguments, long unit) {
        long nanos = nanos(arguments.getFirst());
        long whole = nanos / unit;
        return whole + (double) (nanos % unit) / unit;
    }

    private static long truncated(long nanos, long unit) {
        return unit <= 0 ? nanos : nanos - nanos % unit;
    }

    private static long rounded(long nanos, long unit) {
        if (unit <= 0) {
            return nanos;
        }
        long rest = Math.abs(nanos % unit);
        long down = nanos - nanos % unit;
        return rest + rest < unit ? down : nanos < 0 ? down - unit : down + unit;
    }

    private static void timeMethods() {
        stringMethod(TIME);
        TIME.method("Format", GoFunction.of(GoTime::format, GoType.STRING))
                .method("Unix", number(GoType.INT64, time -> time.toEpochSecond()))
                .method(
                        "UnixMilli",
                        number(GoType.INT64, time -> time.toInstant().toEpochMilli()))
                .method("UnixNano", number(GoType.INT64, time -> time.toEpochSecond() * NANOS + time.getNano()))
                .method("Year", number(GoType.INT, ZonedDateTime::getYear))
                .method("Month", number(MONTH, ZonedDateTime::getMonthValue))
                .method("Day", number(GoType.INT, ZonedDateTime::getDayOfMonth))
                .method("YearDay", number(GoType.INT, ZonedDateTime::getDayOfYear))
                .method("Weekday", number(WEEKDAY, time -> time.getDayOfWeek().getValue() % 7))
                .method("Hour", number(GoType.INT, ZonedDateTime::getHour))
                .method("Minute", number(GoType.INT, ZonedDateTime::getMinute))
                .method("Second", number(GoType.INT, ZonedDateTime::getSecond))
                .method("Nanosecond", number(GoType.INT, ZonedDateTime::getNano))
                .method("UTC", GoFunction.of(a -> of(time(a.getFirst()).withZoneSameInstant(ZoneOffset.UTC))))
                .method("Local", GoFunction.of(a -> of(time(a.getFirst()).withZoneSameInstant(ZoneOffset.UTC))))
                .method(
                        "IsZero",
                        GoFunction.of(
                                a -> GoValue.of(time(a.getFirst()).toInstant().equals(ZERO))))
                .method("Add", GoFunction.of(a -> of(time(a.get(0)).plusNanos(nanos(a.get(1)))), DURATION))
                .method("AddDate", GoFunction.of(GoTime::addDate, GoType.INT, GoType.INT, GoType.INT))
                .method("Sub", comparing((x, y) -> of(Duration.between(y, x))))
                .method("Before", comparing((x, y) -> GoValue.of(x.isBefore(y))))
                .method("After", comparing((x, y) -> GoValue.of(x.isAfter(y))))
                .method("Equal", comparing((x, y) -> GoValue.of(x.equals(y))));
    }

    private static GoFunction number(GoType type, java.util.function.ToLongFunction<ZonedDateTime> read) {
        return GoFunction.of(a -> new GoValue.Int(type, read.applyAsLong(time(a.getFirst()))));
    }

    private static GoFunction comparing(java.util.function.BiFunction<Instant, Instant, GoValue> compare) {
        return GoFunction.of(
                a -> compare.apply(time(a.get(0)).toInstant(), time(a.get(1)).toInstant()), TIME);
    }

    private static GoValue format(List<GoValue> arguments) {
        return GoValue.of(format(time(arguments.get(0)), ((GoValue.Str) arguments.get(1)).text()));
    }

    /** A time written like the reference time in the layout, as Go's {@code Time.Format} does. */
    public static String format(ZonedDateTime time, String layout) {
        return TimeLayout.format(layout, time);
    }

    /** Go lets days overflow into the next month, where Java would clip them. */
    private static GoValue addDate(List<GoValue> arguments) {
        ZonedDateTime time = time(arguments.get(0));
        ZonedDateTime month =
                time.withDayOfMonth(1).plusYears(nanos(arguments.get(1))).plusMonths(nanos(arguments.get(2)));
        return of(month.plusDays(time.getDayOfMonth() - 1 + nanos(arguments.get(3))));
    }

    /** A duration as {@code 1h15m30.5s}. */
    static String durationText(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        java.math.BigDecimal abs = new java.math.BigDecimal(nanos).abs();
        String sign = nanos < 0 ? "-" : "";
        if (abs.longValue() > 0 && abs.longValue() < NANOS) {
            int digits = abs.precision() > 6 ? 6 : abs.precision() > 3 ? 3 : 0;
            String unit = digits == 6 ? "ms" : digits == 3 ? "µs" : "ns";
            return sign + plain(abs.movePointLeft(digits)) + unit;
        }
        java.math.BigDecimal seconds = abs.movePointLeft(9);
        java.math.BigDecimal[] minutes = seconds.divideAndRemainder(java.math.BigDecimal.valueOf(60));
        long whole = minutes[0].longValue();
        String hours = whole >= 60 ? whole / 60 + "h" : "";
        return sign + hours + (whole > 0 ? whole % 60 + "m" : "") + plain(minutes[1]) + "s";
    }

    private static String plain(java.math.BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
