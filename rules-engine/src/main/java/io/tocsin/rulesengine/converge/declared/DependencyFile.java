package io.tocsin.rulesengine.converge.declared;

import io.tocsin.rulesengine.converge.ConvergePolicy.Dependency;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.Problems;
import io.tocsin.rulesengine.rules.YamlFields;
import io.tocsin.rulesengine.rules.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * {@code dependencies.yaml}: what depends on what, where neither traces nor resources show it.
 *
 * <pre>{@code
 * dependencies:
 *   - element: shop
 *     depends_on: [mainframe, rack-12]
 * }</pre>
 */
public final class DependencyFile {

    private DependencyFile() {}

    /**
     * Reads the file; one that does not exist declares nothing.
     *
     * @throws IllegalArgumentException with every mistake as file:line:column
     */
    public static List<Dependency> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static List<Dependency> parse(String name, String text) {
        Problems problems = new Problems();
        YamlText yaml = new YamlText(name, text, problems);
        List<Dependency> declared = new ArrayList<>();
        for (Node document : yaml.documents()) {
            YamlFields file = yaml.fields(document, "a file of dependencies");
            file.allow(List.of("dependencies"));
            for (Node entry : file.list("dependencies")) {
                read(yaml.fields(entry, "a dependency"), declared);
            }
        }
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(
                    problems.sorted().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return declared;
    }

    private static void read(YamlFields entry, List<Dependency> declared) {
        entry.allow(List.of("element", "depends_on"));
        String element = entry.text("element").orElse("");
        List<String> on = entry.texts("depends_on");
        if (element.isEmpty() || on.isEmpty()) {
            entry.source().problems().error(entry.position(), "a dependency says element and depends_on, a list");
            return;
        }
        for (String name : on) {
            if (name.equals(element)) {
                entry.error("depends_on", element + " cannot depend on itself");
            } else {
                declared.add(new Dependency(element, name));
            }
        }
    }
}
