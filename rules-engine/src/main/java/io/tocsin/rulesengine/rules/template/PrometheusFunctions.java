package io.tocsin.rulesengine.rules.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.GoFunction;
import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.GoType;
import io.tocsin.gotemplate.GoValue;
import io.tocsin.gotemplate.prometheus.Humanize;
import io.tocsin.gotemplate.prometheus.RegexReplacement;
import io.tocsin.gotemplate.prometheus.Titles;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The functions of Prometheus' templates (its package {@code template}, at v3.14). */
final class PrometheusFunctions {
    private static final GoType STRING = GoType.STRING;
    private static final GoType ANY = GoType.ANY;
    private static final GoType HTML = GoType.named("template.HTML", STRING);
    private static final GoType HISTOGRAM = GoType.struct("histogram.FloatHistogram")
            .printedBy(value -> ((GoValue.Struct) value).target().toString());
    private static final GoType SAMPLE = GoType.struct("template.sample")
            .field("Labels", value -> labels(sample(value).labels()))
            .field("Value", value -> value(sample(value)));
    private static final GoType SAMPLE_POINTER = GoType.pointerTo(SAMPLE);
    private static final GoType RESULT = GoType.named("template.queryResult", GoType.sliceOf(SAMPLE_POINTER));

    private PrometheusFunctions() {}

    /** All functions; {@code atMs} is the evaluation time, a Unix time in milliseconds. */
    static Map<String, GoFunction> of(TemplateContext context, long atMs) {
        Map<String, GoFunction> all = new HashMap<>(CONSTANT);
        all.put("query", GoFunction.of(a -> result(context.query().query(text(a, 0), atMs)), STRING));
        all.put("now", GoFunction.of(a -> GoValue.of(atMs / 1000.0)));
        all.put(
                "externalURL",
                GoFunction.of(a -> GoValue.of(context.externalUrl().toString())));
        all.put("pathPrefix", GoFunction.of(a -> GoValue.of(path(context))));
        return all;
    }

    private static String path(TemplateContext context) {
        String path = context.externalUrl().getPath();
        return path == null ? "" : path;
    }

    /** Those that need no context. */
    private static final Map<String, GoFunction> CONSTANT = Map.ofEntries(
            Map.entry("first", GoFunction.of(PrometheusFunctions::first, RESULT)),
            Map.entry("label", GoFunction.of(a -> GoValue.of(label(a, 1, text(a, 0))), STRING, SAMPLE_POINTER)),
            Map.entry("value", GoFunction.of(a -> field(a, 0, "Value"), SAMPLE_POINTER)),
            Map.entry("strvalue", GoFunction.of(a -> GoValue.of(label(a, 0, "__value__")), SAMPLE_POINTER)),
            Map.entry("sortByLabel", GoFunction.of(PrometheusFunctions::sortByLabel, STRING, RESULT)),
            Map.entry("args", GoFunction.variadic(PrometheusFunctions::args, ANY)),
            Map.entry(
                    "safeHtml",
                    GoFunction.of(a -> new GoValue.Str(HTML, string(a, 0).bytes()), STRING)),
            Map.entry("reReplaceAll", GoFunction.of(PrometheusFunctions::replaceAll, STRING, STRING, STRING)),
            Map.entry(
                    "match",
                    GoFunction.of(a -> GoValue.of(regex(a).matcher(text(a, 1)).find()), STRING, STRING)),
            Map.entry("title", GoFunction.of(a -> GoValue.of(Titles.of(text(a, 0))), STRING)),
            Map.entry("toUpper", GoFunction.of(a -> GoValue.of(text(a, 0).toUpperCase(Locale.ROOT)), STRING)),
            Map.entry("toLower", GoFunction.of(a -> GoValue.of(text(a, 0).toLowerCase(Locale.ROOT)), STRING)),
            Map.entry("graphLink", GoFunction.of(a -> GoValue.of(link(text(a, 0), 0)), STRING)),
            Map.entry("tableLink", GoFunction.of(a -> GoValue.of(link(text(a, 0), 1)), STRING)),
            Map.entry("stripPort", GoFunction.of(a -> GoValue.of(HostPort.stripPort(text(a, 0))), STRING)),
            Map.entry("stripDomain", GoFunction.of(a -> GoValue.of(HostPort.stripDomain(text(a, 0))), STRING)),
            Map.entry("humanize", GoFunction.of(a -> GoValue.of(Humanize.si(number(a))), ANY)),
            Map.entry("humanize1024", GoFunction.of(a -> GoValue.of(Humanize.binary(number(a))), ANY)),
            Map.entry("humanizeDuration", GoFunction.of(a -> GoValue.of(Humanize.duration(number(a))), ANY)),
            Map.entry("humanizePercentage", GoFunction.of(a -> GoValue.of(Humanize.percentage(number(a))), ANY)),
            Map.entry("humanizeTimestamp", GoFunction.of(PrometheusFunctions::timestamp, ANY)),
            Map.entry("toTime", GoFunction.of(a -> GoValue.pointerTo(GoTime.of(Humanize.instant(number(a)))), ANY)),
            Map.entry("toDuration", GoFunction.of(a -> GoValue.pointerTo(duration(number(a))), ANY)),
            Map.entry("parseDuration", GoFunction.of(PrometheusFunctions::parseDuration, STRING)),
            Map.entry("urlQueryEscape", GoFunction.of(a -> GoValue.of(escape(text(a, 0))), STRING)));

    static GoValue labels(Labels labels) {
        Map<String, String> map = new LinkedHashMap<>();
        labels.forEach(map::put);
        return GoValue.ofStringMap(map);
    }

    /** The value of a sample: a float, or its histogram. */
    static GoValue value(Sample sample) {
        FloatHistogram histogram = sample.histogram();
        return histogram == null
                ? GoValue.of(sample.value())
                : GoValue.pointerTo(new GoValue.Struct(HISTOGRAM, histogram));
    }

    private static Sample sample(GoValue value) {
        return ((GoValue.Struct) GoValue.indirect(value)).as(Sample.class);
    }

    private static GoValue result(List<Sample> samples) {
        List<GoValue> items = new ArrayList<>();
        for (Sample sample : samples) {
            items.add(new GoValue.Pointer(SAMPLE_POINTER, new GoValue.Struct(SAMPLE, sample)));
        }
        return new GoValue.Slice(RESULT, items);
    }

    private static List<GoValue> items(GoValue value) {
        return value instanceof GoValue.Slice slice ? slice.items() : List.of();
    }

    private static GoValue.Str string(List<GoValue> arguments, int index) {
        return (GoValue.Str) arguments.get(index);
    }

    private static String text(List<GoValue> arguments, int index) {
        return string(arguments, index).text();
    }

    private static GoValue first(List<GoValue> arguments) throws FunctionException {
        List<GoValue> items = items(arguments.getFirst());
        if (items.isEmpty()) {
            throw new FunctionException("first() called on vector with no elements");
        }
        return items.getFirst();
    }

    private static Sample present(List<GoValue> arguments, int index) throws FunctionException {
        if (!(GoValue.indirect(arguments.get(index)) instanceof GoValue.Struct struct)) {
            throw new FunctionException("runtime error: invalid memory address or nil pointer dereference");
        }
        return struct.as(Sample.class);
    }

    private static String label(List<GoValue> arguments, int index, String name) throws FunctionException {
        return present(arguments, index).labels().get(name);
    }

    private static GoValue field(List<GoValue> arguments, int index, String name) throws FunctionException {
        present(arguments, index);
        return SAMPLE.read(name, GoValue.indirect(arguments.get(index)));
    }

    private static GoValue sortByLabel(List<GoValue> arguments) {
        String name = text(arguments, 0);
        List<GoValue> sorted = new ArrayList<>(items(arguments.get(1)));
        sorted.sort(Comparator.comparing(
                item -> sample(item).labels().get(name).getBytes(StandardCharsets.UTF_8),
                java.util.Arrays::compareUnsigned));
        return new GoValue.Slice(RESULT, sorted);
    }

    private static GoValue args(List<GoValue> arguments) {
        Map<String, GoValue> map = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            map.put("arg" + i, arguments.get(i));
        }
        return GoValue.ofMap(map);
    }

    private static Pattern regex(List<GoValue> arguments) throws FunctionException {
        try {
            return Pattern.compile(text(arguments, 0));
        } catch (PatternSyntaxException e) {
            throw new FunctionException(String.valueOf(e.getMessage()), e);
        }
    }

    private static GoValue replaceAll(List<GoValue> arguments) throws FunctionException {
        try {
            return GoValue.of(
                    RegexReplacement.all(Pattern.compile(text(arguments, 0)), text(arguments, 1), text(arguments, 2)));
        } catch (PatternSyntaxException e) {
            throw new FunctionException(
                    "regexp: Compile(" + GoValue.quoted(text(arguments, 0)) + "): " + e.getMessage(), e);
        }
    }

    private static String link(String expression, int tab) {
        return "/graph?g0.expr=" + escape(expression) + "&g0.tab=" + tab;
    }

    /** Go's url.QueryEscape: as Java's, but for the tilde and the asterisk. */
    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%7E", "~")
                .replace("*", "%2A");
    }

    private static double number(List<GoValue> arguments) throws FunctionException {
        return Humanize.number(arguments.getFirst());
    }

    private static GoValue timestamp(List<GoValue> arguments) throws FunctionException {
        double seconds = number(arguments);
        return GoValue.of(
                Double.isNaN(seconds) || Double.isInfinite(seconds)
                        ? Humanize.digits(seconds)
                        : GoTime.of(Humanize.instant(seconds)).printed());
    }

    private static GoValue duration(double seconds) {
        return GoTime.ofNanos((long) (seconds * 1e9));
    }

    private static GoValue parseDuration(List<GoValue> arguments) throws FunctionException {
        String text = text(arguments, 0);
        boolean negative = text.startsWith("-");
        Duration duration = PromDuration.parse(negative ? text.substring(1) : text, text);
        double seconds = duration.toMillis() / 1000.0;
        return GoValue.of(negative ? -seconds : seconds);
    }
}
