package io.tocsin.notifier.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.GoFunction;
import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.GoType;
import io.tocsin.gotemplate.GoValue;
import io.tocsin.gotemplate.HtmlEscaping;
import io.tocsin.gotemplate.prometheus.Humanize;
import io.tocsin.gotemplate.prometheus.RegexReplacement;
import io.tocsin.gotemplate.prometheus.Titles;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The functions of Alertmanager's templates (its {@code DefaultFuncs}, at v0.29). */
final class TemplateFunctions {

    private static final GoType STRING = GoType.STRING;
    private static final GoType ANY = GoType.ANY;

    private TemplateFunctions() {}

    /** All functions, with the time that they hold for now. */
    static Map<String, GoFunction> at(Instant now) {
        Map<String, GoFunction> all = new HashMap<>(CONSTANT);
        all.put("now", GoFunction.of(_ -> GoTime.of(now)));
        all.put(
                "since",
                GoFunction.of(
                        a -> GoTime.of(
                                Duration.between(GoTime.time(a.getFirst()).toInstant(), now)),
                        GoTime.TIME));
        return all;
    }

    private static final Map<String, GoFunction> CONSTANT = Map.ofEntries(
            Map.entry("toUpper", text(s -> s.toUpperCase(Locale.ROOT))),
            Map.entry("toLower", text(s -> s.toLowerCase(Locale.ROOT))),
            Map.entry("title", text(s -> Titles.of(s.toLowerCase(Locale.ROOT)))),
            Map.entry("trimSpace", text(String::strip)),
            Map.entry(
                    "join",
                    GoFunction.of(
                            a -> GoValue.of(String.join(text(a, 0), TemplateTypes.texts(a.get(1)))),
                            STRING,
                            GoType.STRINGS)),
            Map.entry(
                    "match",
                    GoFunction.of(
                            a -> GoValue.of(
                                    pattern(text(a, 0)).matcher(text(a, 1)).find()),
                            STRING,
                            STRING)),
            Map.entry("safeHtml", marked(HtmlEscaping.HTML)),
            Map.entry("safeUrl", marked(HtmlEscaping.URL)),
            Map.entry("urlUnescape", GoFunction.of(a -> GoValue.of(unescaped(text(a, 0))), STRING)),
            Map.entry("reReplaceAll", GoFunction.of(TemplateFunctions::replaced, STRING, STRING, STRING)),
            Map.entry("stringSlice", GoFunction.variadic(a -> new GoValue.Slice(GoType.STRINGS, a), STRING)),
            Map.entry("routeLabels", text(_ -> "")),
            Map.entry("date", GoFunction.of(TemplateFunctions::date, STRING, GoTime.TIME)),
            Map.entry("tz", GoFunction.of(TemplateFunctions::inZone, STRING, GoTime.TIME)),
            Map.entry("toDate", GoFunction.of(TemplateFunctions::toDate, STRING, STRING)),
            Map.entry(
                    "mustToDate",
                    GoFunction.of(a -> GoTime.of(GoLayout.parse(text(a, 0), text(a, 1))), STRING, STRING)),
            Map.entry(
                    "humanizeDuration",
                    GoFunction.of(a -> GoValue.of(Humanize.duration(Humanize.number(a.getFirst()))), ANY)),
            Map.entry("toJson", GoFunction.of(a -> GoValue.of(TemplateJson.write(a.getFirst())), ANY)),
            Map.entry(
                    "base64encode",
                    text(s -> Base64.getUrlEncoder().encodeToString(s.getBytes(StandardCharsets.UTF_8)))),
            Map.entry("base64decode", GoFunction.of(a -> GoValue.of(decoded(text(a, 0))), STRING)),
            Map.entry("list", GoFunction.variadic(GoValue::ofList, ANY)),
            Map.entry("append", GoFunction.variadic(TemplateFunctions::append, GoType.ANY_SLICE, ANY)),
            Map.entry("dict", GoFunction.variadic(TemplateFunctions::dict, ANY)));

    private static GoFunction text(java.util.function.UnaryOperator<String> change) {
        return GoFunction.of(a -> GoValue.of(change.apply(text(a, 0))), STRING);
    }

    private static GoFunction marked(GoType type) {
        return GoFunction.of(a -> new GoValue.Str(type, ((GoValue.Str) a.getFirst()).bytes()), STRING);
    }

    private static String text(List<GoValue> arguments, int index) {
        return TemplateTypes.text(arguments.get(index));
    }

    private static Pattern pattern(String expression) throws FunctionException {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new FunctionException(String.valueOf(e.getMessage()), e);
        }
    }

    private static GoValue replaced(List<GoValue> a) throws FunctionException {
        return GoValue.of(RegexReplacement.all(pattern(text(a, 0)), text(a, 1), text(a, 2)));
    }

    private static String unescaped(String text) throws FunctionException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FunctionException("invalid URL escape in " + GoValue.quoted(text), e);
        }
    }

    private static String decoded(String text) throws FunctionException {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FunctionException("illegal base64 data in " + GoValue.quoted(text), e);
        }
    }

    private static GoValue date(List<GoValue> a) {
        return GoValue.of(GoTime.format(GoTime.time(a.get(1)), text(a, 0)));
    }

    private static GoValue toDate(List<GoValue> a) {
        try {
            return GoTime.of(GoLayout.parse(text(a, 0), text(a, 1)));
        } catch (FunctionException e) {
            // So it is defined: mustToDate is the one that fails.
            return GoTime.of(GoTime.ZERO);
        }
    }

    private static GoValue inZone(List<GoValue> a) throws FunctionException {
        try {
            return GoTime.of(GoTime.time(a.get(1)).withZoneSameInstant(ZoneId.of(text(a, 0))));
        } catch (DateTimeException e) {
            throw new FunctionException("unknown time zone " + text(a, 0), e);
        }
    }

    private static GoValue append(List<GoValue> a) {
        List<GoValue> all = new ArrayList<>(TemplateTypes.items(a.getFirst()));
        all.addAll(a.subList(1, a.size()));
        return GoValue.ofList(all);
    }

    private static GoValue dict(List<GoValue> a) throws FunctionException {
        if (a.size() % 2 != 0) {
            throw new FunctionException("dict requires an even number of arguments");
        }
        Map<String, GoValue> map = new TreeMap<>();
        for (int i = 0; i < a.size(); i += 2) {
            if (!(GoValue.unbox(a.get(i)) instanceof GoValue.Str key)) {
                throw new FunctionException("dict keys must be strings");
            }
            map.put(key.text(), a.get(i + 1));
        }
        return GoValue.ofMap(map);
    }
}
