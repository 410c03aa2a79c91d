package io.tocsin.rulesengine.rules;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads Prometheus rule files and PrometheusRule resources, with Tocsin's additions, several documents to a file. One
 * run names every problem: the rules of package {@code model/rulefmt} of Prometheus, and those of the additions.
 */
public final class RuleFileParser {
    private static final Set<String> FILE_FIELDS = Set.of("groups");
    private static final Set<String> RESOURCE_FIELDS = Set.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final String RESOURCE_KIND = "PrometheusRule";

    private final boolean ignoreUnknownFields;

    private RuleFileParser(boolean ignoreUnknownFields) {
        this.ignoreUnknownFields = ignoreUnknownFields;
    }

    /** Reads files; one that cannot be read is a problem of its own. */
    public static RuleFiles parse(List<Path> files) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        List<Problem> unreadable = new ArrayList<>();
        for (Path file : files) {
            try {
                texts.put(file.toString(), Files.readString(file));
            } catch (CharacterCodingException e) {
                unreadable.add(unreadable(file, "not UTF-8"));
            } catch (IOException e) {
                unreadable.add(unreadable(file, "cannot be read: " + e));
            }
        }
        RuleFiles read = parse(texts, false);
        List<Problem> all = new ArrayList<>(unreadable);
        all.addAll(read.problems());
        return new RuleFiles(read.ruleSet(), all);
    }

    private static Problem unreadable(Path file, String why) {
        return new Problem(Problem.Severity.ERROR, new Position(file.toString(), 1, 1), why);
    }

    /** Reads one text; the name stands for the file in positions. */
    public static RuleFiles parse(String name, String text) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put(name, text);
        return parse(texts, false);
    }

    /**
     * Reads texts by their names.
     *
     * @param ignoreUnknownFields whether fields that nobody knows are left out without a word
     */
    public static RuleFiles parse(SequencedMap<String, String> texts, boolean ignoreUnknownFields) {
        RuleFileParser parser = new RuleFileParser(ignoreUnknownFields);
        Problems problems = new Problems();
        List<RuleGroup> groups = new ArrayList<>();
        texts.forEach((name, text) -> groups.addAll(parser.file(new YamlText(name, text, problems))));
        Duplicates.warn(groups, problems);
        return new RuleFiles(new RuleSet(groups), problems.sorted());
    }

    private List<RuleGroup> file(YamlText source) {
        List<RuleGroup> groups = new ArrayList<>();
        Map<String, Position> names = new HashMap<>();
        for (Node document : source.documents()) {
            for (RuleGroup group : document(source.fields(document, "rule file"))) {
                Position first = names.putIfAbsent(group.name(), group.position());
                if (first != null && !group.name().isEmpty()) {
                    source.problems()
                            .error(
                                    group.position(),
                                    "groupname: \"" + group.name() + "\" is repeated in the same file; first at line "
                                            + first.line());
                }
                groups.add(group);
            }
        }
        return groups;
    }

    private List<RuleGroup> document(YamlFields fields) {
        if (!fields.has("kind") && !fields.has("apiVersion")) {
            allow(fields, FILE_FIELDS);
            return groups(fields);
        }
        String kind = fields.text("kind").orElse("");
        if (kind.equals("List")) {
            List<RuleGroup> groups = new ArrayList<>();
            fields.list("items")
                    .forEach(item -> groups.addAll(document(fields.source().fields(item, "resource"))));
            return groups;
        }
        if (!kind.equals(RESOURCE_KIND)) {
            fields.source()
                    .problems()
                    .warning(fields.valuePosition("kind"), "skipped: kind " + kind + " is not " + RESOURCE_KIND);
            return List.of();
        }
        allow(fields, RESOURCE_FIELDS);
        YamlFields spec = fields.fields("spec");
        allow(spec, FILE_FIELDS);
        return groups(spec);
    }

    private List<RuleGroup> groups(YamlFields fields) {
        List<RuleGroup> groups = new ArrayList<>();
        for (Node group : fields.list("groups")) {
            YamlFields inner = fields.source().fields(group, "group");
            allow(inner, GroupReader.FIELDS);
            groups.add(new GroupReader(inner, this::allow).read());
        }
        return groups;
    }

    private void allow(YamlFields fields, Collection<String> names) {
        if (!ignoreUnknownFields) {
            fields.allow(names);
        }
    }
}
