package io.tocsin.notifier.template;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.GoValue;
import io.tocsin.notifier.store.Json;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as Go's {@code json.Marshal} writes it: also for pages, so that angle brackets are escaped. */
final class TemplateJson {

    private TemplateJson() {}

    static String write(GoValue value) throws FunctionException {
        return Json.write(new Tree(java(value)))
                .transform(json -> json.substring("{\"it\":".length(), json.length() - 1))
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    /** A root that may be null. */
    private record Tree(@Nullable Object it) {}

    private static @Nullable Object java(GoValue value) throws FunctionException {
        return switch (GoValue.indirect(value)) {
            case GoValue.Nil _ -> null;
            case GoValue.Bool bool -> bool.value();
            case GoValue.Int number -> number.value();
            case GoValue.Real number when Double.isFinite(number.value()) -> number(number.value());
            case GoValue.Str text -> text.text();
            case GoValue.Slice slice -> list(slice.items());
            case GoValue.Dict dict -> map(dict);
            case GoValue.Struct struct -> struct(struct);
            case GoValue.Real _, GoValue.Complex _, GoValue.Func _, GoValue.Pointer _, GoValue.Boxed _ ->
                throw new FunctionException("json: unsupported value: " + value.printed());
        };
    }

    /** Without a fraction where there is none. */
    private static Object number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? (Object) (long) value : (Object) value;
    }

    private static List<@Nullable Object> list(List<GoValue> items) throws FunctionException {
        List<@Nullable Object> list = new java.util.ArrayList<>();
        for (GoValue item : items) {
            list.add(java(item));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(GoValue.Dict dict) throws FunctionException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<GoValue, GoValue> entry : dict.entries().entrySet()) {
            map.put(TemplateTypes.text(entry.getKey()), java(entry.getValue()));
        }
        return map;
    }

    private static Object struct(GoValue.Struct struct) {
        return switch (struct.target()) {
            case NoticeData data -> document(data);
            case NoticeData.Alert alert -> document(alert);
            case Map.Entry<?, ?> pair -> pair(pair);
            case ZonedDateTime _ -> GoTime.time(struct).toOffsetDateTime().toString();
            default -> throw new IllegalStateException("no JSON for " + struct.type());
        };
    }

    private static Map<String, Object> pair(Map.Entry<?, ?> pair) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", pair.getKey());
        json.put("Value", pair.getValue());
        return json;
    }

    private static Map<String, Object> document(NoticeData data) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("receiver", TemplateTypes.quoteMeta(data.receiver()));
        json.put("status", data.status());
        json.put("alerts", data.alerts().stream().map(TemplateJson::document).toList());
        json.put("notification_reason", data.reason());
        json.put("groupLabels", data.groupLabels());
        json.put("commonLabels", data.commonLabels());
        json.put("commonAnnotations", data.commonAnnotations());
        json.put("routeLabels", Map.of());
        json.put("externalURL", data.externalUrl());
        return json;
    }

    private static Map<String, Object> document(NoticeData.Alert alert) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", alert.status());
        json.put("labels", alert.labels());
        json.put("annotations", alert.annotations());
        json.put("startsAt", alert.startsAt().toString());
        json.put("endsAt", alert.endsAt().toString());
        json.put("generatorURL", alert.generatorUrl());
        json.put("fingerprint", alert.fingerprint());
        return json;
    }
}
