package io.tocsin.notifier.template;

import io.tocsin.gotemplate.GoFunction;
import io.tocsin.gotemplate.GoTime;
import io.tocsin.gotemplate.GoType;
import io.tocsin.gotemplate.GoValue;
import io.tocsin.notifier.template.NoticeData.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The Go types of Alertmanager's template data (its package {@code template}, at v0.29), with fields and methods. */
final class TemplateTypes {

    private static final String ALERT_NAME = "alertname";
    /** What a regular expression gives a meaning to: {@code regexp.QuoteMeta}. */
    private static final String META = "\\.+*?()|[]{}^$";

    private static final GoType STRINGS = GoType.named("template.Strings", GoType.STRINGS);
    private static final GoType PAIR = GoType.struct("template.Pair")
            .field("Name", pair -> GoValue.of(pair(pair).getKey()))
            .field("Value", pair -> GoValue.of(pair(pair).getValue()));
    private static final GoType PAIRS = GoType.named("template.Pairs", GoType.sliceOf(PAIR));
    private static final GoType KV = GoType.named("template.KV", GoType.STRING_MAP);
    private static final GoType ALERT = GoType.struct("template.Alert")
            .field("Status", alert -> GoValue.of(alert(alert).status()))
            .field("Labels", alert -> kv(alert(alert).labels()))
            .field("Annotations", alert -> kv(alert(alert).annotations()))
            .field("StartsAt", alert -> GoTime.of(alert(alert).startsAt()))
            .field("EndsAt", alert -> GoTime.of(alert(alert).endsAt()))
            .field("GeneratorURL", alert -> GoValue.of(alert(alert).generatorUrl()))
            .field("Fingerprint", alert -> GoValue.of(alert(alert).fingerprint()));
    private static final GoType ALERT_LIST = GoType.sliceOf(ALERT);
    private static final GoType ALERTS = GoType.named("template.Alerts", ALERT_LIST);
    private static final GoType DATA = GoType.struct("template.Data")
            .field("Receiver", data -> GoValue.of(quoteMeta(data(data).receiver())))
            .field("Status", data -> GoValue.of(data(data).status()))
            .field("Alerts", data -> alerts(ALERTS, data(data).alerts()))
            .field("NotificationReason", data -> GoValue.of(data(data).reason()))
            .field("GroupLabels", data -> kv(data(data).groupLabels()))
            .field("CommonLabels", data -> kv(data(data).commonLabels()))
            .field("CommonAnnotations", data -> kv(data(data).commonAnnotations()))
            .field("RouteLabels", data -> kv(new TreeMap<>()))
            .field("ExternalURL", data -> GoValue.of(data(data).externalUrl()));

    static {
        STRINGS.method(
                "Join", GoFunction.of(a -> GoValue.of(String.join(text(a.get(1)), texts(a.get(0)))), GoType.STRING));
        PAIRS.method("Names", GoFunction.of(a -> strings(column(a.getFirst(), "Name"))))
                .method("Values", GoFunction.of(a -> strings(column(a.getFirst(), "Value"))))
                .method("String", GoFunction.of(a -> GoValue.of(printed(a.getFirst()))))
                .printedBy(TemplateTypes::printed);
        KV.method("SortedPairs", GoFunction.of(a -> sortedPairs(a.getFirst())))
                .method("Names", GoFunction.of(a -> strings(column(sortedPairs(a.getFirst()), "Name"))))
                .method("Values", GoFunction.of(a -> strings(column(sortedPairs(a.getFirst()), "Value"))))
                .method("Remove", GoFunction.of(a -> without(a.get(0), texts(a.get(1))), GoType.STRINGS))
                .method("String", GoFunction.of(a -> GoValue.of(printed(sortedPairs(a.getFirst())))))
                .printedBy(kv -> printed(sortedPairs(kv)));
        ALERTS.method("Firing", GoFunction.of(a -> withStatus(a.getFirst(), "firing")))
                .method("Resolved", GoFunction.of(a -> withStatus(a.getFirst(), "resolved")));
    }

    private TemplateTypes() {}

    /** The dot of a notice's templates. */
    static GoValue of(NoticeData data) {
        return GoValue.pointerTo(new GoValue.Struct(DATA, data));
    }

    /** Go's {@code regexp.QuoteMeta}: Alertmanager shows receivers as expressions that match them. */
    static String quoteMeta(String text) {
        StringBuilder quoted = new StringBuilder();
        text.chars().forEach(c -> {
            if (META.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append((char) c);
        });
        return quoted.toString();
    }

    private static GoValue alerts(GoType type, List<Alert> alerts) {
        return new GoValue.Slice(
                type,
                alerts.stream()
                        .<GoValue>map(alert -> new GoValue.Struct(ALERT, alert))
                        .toList());
    }

    private static GoValue withStatus(GoValue alerts, String status) {
        List<Alert> all = items(alerts).stream().map(TemplateTypes::alert).toList();
        return alerts(
                ALERT_LIST,
                all.stream().filter(alert -> alert.status().equals(status)).toList());
    }

    private static GoValue kv(SortedMap<String, String> labels) {
        return GoValue.ofStringMap(KV, labels);
    }

    /** By name, the alert's own first. */
    private static GoValue sortedPairs(GoValue kv) {
        NavigableMap<String, String> map = map(kv);
        List<GoValue> pairs = new ArrayList<>();
        String alertName = map.remove(ALERT_NAME);
        if (alertName != null) {
            pairs.add(new GoValue.Struct(PAIR, Map.entry(ALERT_NAME, alertName)));
        }
        map.forEach((name, value) -> pairs.add(new GoValue.Struct(PAIR, Map.entry(name, value))));
        return new GoValue.Slice(PAIRS, pairs);
    }

    private static GoValue without(GoValue kv, List<String> names) {
        NavigableMap<String, String> map = map(kv);
        names.forEach(map::remove);
        return kv(map);
    }

    private static List<String> column(GoValue pairs, String field) {
        return items(pairs).stream().map(pair -> text(PAIR.read(field, pair))).toList();
    }

    private static String printed(GoValue pairs) {
        return items(pairs).stream()
                .map(pair -> pair(pair).getKey() + "=" + pair(pair).getValue())
                .collect(Collectors.joining(", "));
    }

    private static GoValue strings(List<String> texts) {
        return new GoValue.Slice(STRINGS, texts.stream().map(GoValue::of).toList());
    }

    /** The map of a KV or of any other map with strings. */
    private static NavigableMap<String, String> map(GoValue kv) {
        NavigableMap<String, String> map = new TreeMap<>();
        if (GoValue.indirect(kv) instanceof GoValue.Dict dict) {
            dict.entries().forEach((name, value) -> map.put(text(name), text(value)));
        }
        return map;
    }

    static List<GoValue> items(GoValue list) {
        return GoValue.indirect(list) instanceof GoValue.Slice slice ? slice.items() : List.of();
    }

    static List<String> texts(GoValue list) {
        return items(list).stream().map(TemplateTypes::text).toList();
    }

    static String text(GoValue value) {
        return GoValue.unbox(value) instanceof GoValue.Str str ? str.text() : value.printed();
    }

    private static NoticeData data(GoValue value) {
        return ((GoValue.Struct) GoValue.indirect(value)).as(NoticeData.class);
    }

    private static Alert alert(GoValue value) {
        return ((GoValue.Struct) GoValue.indirect(value)).as(Alert.class);
    }

    @SuppressWarnings("unchecked") // only made here, of two texts
    private static Map.Entry<String, String> pair(GoValue value) {
        return (Map.Entry<String, String>) ((GoValue.Struct) GoValue.indirect(value)).as(Map.Entry.class);
    }
}
