package io.tocsin.rulesengine.query;

import com.google.re2j.PatternSyntaxException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.MetricCatalog;
import io.tocsin.rulesengine.store.SampleStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says which series, labels and metrics there are. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SeriesController {

    private static final List<List<LabelMatcher>> EVERYTHING = List.of(List.of());
    private static final String TRUNCATED = "results truncated due to limit";

    private final Gate gate;
    private final LocalSeries local;
    private final LocalShards shards;
    private final FanOut fanOut;

    SeriesController(Gate gate, LocalSeries local, LocalShards shards, FanOut fanOut) {
        this.gate = gate;
        this.local = local;
        this.shards = shards;
        this.fanOut = fanOut;
    }

    @Get("/series")
    HttpResponse<byte[]> series(HttpRequest<?> request) {
        return gate.answer("series", request, null, this::series);
    }

    @Post("/series")
    HttpResponse<byte[]> seriesForm(HttpRequest<?> request, @Body byte @Nullable [] form) {
        return gate.answer("series", request, form, this::series);
    }

    @Get("/labels")
    HttpResponse<byte[]> labels(HttpRequest<?> request) {
        return gate.answer("labels", request, null, this::labelNames);
    }

    @Post("/labels")
    HttpResponse<byte[]> labelsForm(HttpRequest<?> request, @Body byte @Nullable [] form) {
        return gate.answer("labels", request, form, this::labelNames);
    }

    @Get("/label/{name}/values")
    HttpResponse<byte[]> values(HttpRequest<?> request, @PathVariable String name) {
        return gate.answer("label_values", request, null, parameters -> labelValues(name, parameters));
    }

    @Get("/metadata")
    HttpResponse<byte[]> metadata(HttpRequest<?> request) {
        return gate.answer("metadata", request, null, this::metadata);
    }

    private Reply series(Parameters parameters) {
        if (parameters.all("match[]").isEmpty()) {
            throw ApiException.badData("no match[] parameter provided");
        }
        OptionalLong limit = parameters.limit("limit");
        Set<Labels> found = new TreeSet<>(found(parameters));
        FanOut.Question others = fanOut.question(parameters);
        for (JsonNode data : others.data(parameters.question("/api/v1/series"))) {
            data.forEach(series -> found.add(labels(series)));
            local.bounded(found.size());
        }
        return limited(found, limit, others, (kept, out) -> {
            out.writeStartArray();
            kept.forEach(labels -> Json.write(labels, out));
            out.writeEndArray();
        });
    }

    private Reply labelNames(Parameters parameters) {
        OptionalLong limit = parameters.limit("limit");
        Set<String> names = new TreeSet<>();
        if (isOpen(parameters)) {
            local.stores().forEach(store -> names.addAll(store.labelNames()));
        } else {
            found(parameters).forEach(labels -> labels.forEach((name, value) -> names.add(name)));
        }
        FanOut.Question others = fanOut.question(parameters);
        others.data(parameters.question("/api/v1/labels"))
                .forEach(data -> data.forEach(name -> names.add(name.asString())));
        return limited(names, limit, others, Json::write);
    }

    private static Labels labels(JsonNode series) {
        Map<String, String> labels = new LinkedHashMap<>();
        series.propertyStream()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return Labels.of(labels);
    }

    private Reply labelValues(String escaped, Parameters parameters) {
        String name = EscapedName.decode(escaped);
        if (!LabelNames.isValid(name)) {
            throw ApiException.badData("invalid label name: " + GoQuote.quote(name));
        }
        OptionalLong limit = parameters.limit("limit");
        Set<String> values = new TreeSet<>();
        if (isOpen(parameters)) {
            for (SampleStore store : local.stores()) {
                values.addAll(store.labelValues(name));
            }
        } else {
            found(parameters).stream()
                    .filter(labels -> labels.has(name))
                    .forEach(labels -> values.add(labels.get(name)));
        }
        FanOut.Question others = fanOut.question(parameters);
        others.data(parameters.question(
                        "/api/v1/label/" + URLEncoder.encode(escaped, StandardCharsets.UTF_8) + "/values"))
                .forEach(data -> data.forEach(value -> values.add(value.asString())));
        return limited(values, limit, others, Json::write);
    }

    /** Whether neither selectors nor times narrow the question, so that the index alone answers it. */
    private static boolean isOpen(Parameters parameters) {
        return parameters.all("match[]").isEmpty() && !parameters.has("start") && !parameters.has("end");
    }

    private Collection<Labels> found(Parameters parameters) {
        long start = parameters.timeOr("start", Long.MIN_VALUE + 1);
        long end = parameters.timeOr("end", Long.MAX_VALUE);
        if (end < start) {
            throw ApiException.badParameter("end", "end timestamp must not be before start timestamp");
        }
        List<List<LabelMatcher>> selectors = selectors(parameters);
        return local.series(selectors.isEmpty() ? EVERYTHING : selectors, start, end);
    }

    static List<List<LabelMatcher>> selectors(Parameters parameters) {
        List<List<LabelMatcher>> selectors = new ArrayList<>();
        for (String text : parameters.all("match[]")) {
            try {
                List<LabelMatcher> matchers = PromqlParser.parseSelector(text);
                if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
                    throw ApiException.badParameter("match[]", "match[] must contain at least one non-empty matcher");
                }
                selectors.add(matchers);
            } catch (PromqlParseException | PatternSyntaxException e) {
                throw ApiException.badParameter("match[]", String.valueOf(e.getMessage()));
            }
        }
        return selectors;
    }

    private interface Writer<T> {
        void write(Collection<T> all, tools.jackson.core.JsonGenerator out);
    }

    private static <T> Reply limited(Collection<T> all, OptionalLong limit, FanOut.Question others, Writer<T> writer) {
        boolean cut = limit.isPresent() && all.size() > limit.getAsLong();
        List<T> kept = cut ? all.stream().limit(limit.getAsLong()).toList() : List.copyOf(all);
        Reply reply = Reply.of(out -> writer.write(kept, out));
        return (cut ? reply.warning(List.of(TRUNCATED)) : reply).warning(others.missing());
    }

    private Reply metadata(Parameters parameters) {
        long limit = parameters.limit("limit").orElse(Long.MAX_VALUE);
        String only = parameters.first("metric");
        FanOut.Question others = fanOut.question(parameters);
        Map<String, Object> families = new TreeMap<>();
        for (JsonNode data : others.data(parameters.question("/api/v1/metadata"))) {
            data.propertyStream()
                    .filter(family -> families.size() < limit)
                    .forEach(family -> families.put(family.getKey(), family.getValue()));
        }
        shards.catalog().entries().forEach((family, entry) -> {
            if ((families.size() < limit || families.containsKey(family)) && (only.isEmpty() || only.equals(family))) {
                families.put(family, List.of(described(entry)));
            }
        });
        return Reply.of(families).warning(others.missing());
    }

    private static Map<String, String> described(MetricCatalog.Entry entry) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("type", entry.type());
        described.put("help", entry.help());
        described.put("unit", entry.unit());
        return described;
    }
}
