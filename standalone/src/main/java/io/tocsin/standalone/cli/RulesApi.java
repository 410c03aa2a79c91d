package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.rules.apply.Namespaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The rules of an instance, as its API gives and takes them. */
record RulesApi(int port) {

    private static final String PATH = "/api/v1/rules/";

    /** What an apply or a rollback came to: 200, 409 of a namespace of somebody else, or 422 with problems. */
    InstanceAddress.Answer change(String what, Map<String, String> parameters, Object body) {
        InstanceAddress.Answer answer = InstanceAddress.ask(port, PATH + what + query(parameters), body);
        if (answer.status() != 200 && answer.status() != 409 && answer.status() != 422) {
            throw new UserError(answer.json().path("error").asString("the engine answered " + answer.status()));
        }
        return answer;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    JsonNode namespaces() {
        return data("namespaces").path("namespaces");
    }

    /** The newest first. */
    JsonNode versions() {
        return data("versions").path("versions");
    }

    private JsonNode data(String what) {
        return InstanceAddress.get(port, PATH + what).path("data");
    }

    /** The files of a namespace in a version, by name without the namespace; none when there is no version at all. */
    SequencedMap<String, String> texts(String version, String namespace) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        if (versions().isEmpty()) {
            return texts;
        }
        String of = Namespaces.called(namespace);
        data("versions/" + URLEncoder.encode(version, StandardCharsets.UTF_8))
                .path("texts")
                .propertyStream()
                .filter(file -> Namespaces.of(file.getKey()).equals(of))
                .forEach(file -> texts.put(
                        file.getKey().substring(of.isEmpty() ? 0 : of.length() + 1),
                        file.getValue().asString("")));
        return texts;
    }
}
