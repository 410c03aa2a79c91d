package io.tocsin.notifier.flow;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Swagger 2.0 file as a judge of responses: its schemas are those of JSON Schema draft 4. */
final class OpenApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put");

    private final JsonNode document;
    private final Set<String> seen = new TreeSet<>();

    OpenApi(Path file) throws IOException {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        document = JSON.readTree(JSON.writeValueAsString(loaded));
    }

    /**
     * What a response says otherwise than the file; the response counts as seen.
     *
     * @param path as the file writes it
     */
    List<String> problems(String method, String path, int status, String body) {
        JsonNode response = resolved(
                document.path("paths").path(path).path(method).path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of("status " + status + " is not documented");
        }
        seen.add(name(method, path, status));
        if (!response.has("schema")) {
            return body.isBlank() ? List.of() : List.of("a body where none is documented: " + body);
        }
        ObjectNode root = (ObjectNode) document.deepCopy();
        root.putArray("allOf").add(response.path("schema"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(root)
                .validate(JSON.readTree(body))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** Documented responses, but for failures of the server, that were not seen. */
    Set<String> unseen() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operation.getValue().path("responses").propertyNames().stream()
                                .filter(status -> !status.equals("500"))
                                .forEach(status -> documented.add(
                                        name(operation.getKey(), path.getKey(), Integer.parseInt(status))))));
        documented.removeAll(seen);
        return documented;
    }

    private static String name(String method, String path, int status) {
        return method + " " + path + " " + status;
    }
}
