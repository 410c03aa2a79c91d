package io.tocsin.collector.probe.file;

import io.tocsin.collector.config.Fields;
import io.tocsin.collector.config.Template;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Extraction;
import io.tocsin.collector.probe.HttpCall;
import io.tocsin.collector.probe.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;
import tools.jackson.core.JsonPointer;

/** Reads a journey: steps that hand values on. */
final class JourneyReader {

    private static final int MOST_STEPS = 50;

    private final HttpReader http;

    JourneyReader(HttpReader http) {
        this.http = http;
    }

    Check journey(Fields fields) {
        List<Node> nodes = fields.list("steps");
        if (nodes.isEmpty() || nodes.size() > MOST_STEPS) {
            fields.error("steps", "expected 1 to " + MOST_STEPS + " steps, found " + nodes.size());
        }
        List<Check.Step> steps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> variables = new TreeSet<>();
        for (Node node : nodes) {
            Fields step = new Fields(node, "a step", fields.problems());
            Check.Step read = step(step, variables);
            if (!names.add(read.name())) {
                step.error("name", "there is another step \"" + read.name() + "\"");
            }
            steps.add(read);
            variables.addAll(read.extract().keySet());
        }
        Check check = new Check.Journey(steps, HttpReader.redirects(fields), Values.tls(fields));
        fields.close();
        return check;
    }

    /** @param variables what earlier steps hand on */
    private Check.Step step(Fields fields, Set<String> variables) {
        String name = fields.required("name");
        Template url = new Template(fields.required("url"));
        HttpCall call = http.call(fields);
        requireKnown(fields, "url", url, variables);
        call.body().ifPresent(body -> requireKnown(fields, "body", body, variables));
        call.headers().forEach((header, value) -> {
            if (value instanceof Secret.Value text) {
                requireKnown(fields, "headers", new Template(text.value()), variables);
            }
        });
        Check.Step step = new Check.Step(name, url, call, HttpReader.expectation(fields), extractions(fields));
        fields.close();
        return step;
    }

    private static void requireKnown(Fields fields, String key, Template template, Set<String> variables) {
        template.names().stream()
                .filter(name -> !variables.contains(name))
                .forEach(name -> fields.error(key, "no earlier step extracts \"" + name + "\""));
    }

    private static Map<String, Extraction> extractions(Fields parent) {
        Map<String, Extraction> extractions = new LinkedHashMap<>();
        parent.fields("extract", "values to extract")
                .ifPresent(fields -> fields.names()
                        .forEach(name -> fields.fields(name, "where the value is")
                                .flatMap(JourneyReader::extraction)
                                .ifPresent(found -> extractions.put(name, found))));
        return extractions;
    }

    private static Optional<Extraction> extraction(Fields fields) {
        Optional<Extraction> json = fields.one("json", text -> new Extraction.Json(JsonPointer.compile(text)));
        Optional<String> header = fields.text("header").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<Extraction> regex = fields.one("regex", Values::pattern)
                .map(pattern -> header.<Extraction>map(name -> new Extraction.Header(name, pattern))
                        .orElse(new Extraction.Regex(pattern)));
        fields.close();
        if (fields.has("json") == fields.has("regex") || (fields.has("json") && header.isPresent())) {
            fields.error("expected either json (a pointer such as /cart/id), or regex, alone or with header");
            return Optional.empty();
        }
        return json.or(() -> regex);
    }
}
