package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.v1.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files of rules by namespace: the folder in their names. */
public final class Namespaces {

    /** That of files without a folder. */
    public static final String STANDARD = "";

    /** What people call it. */
    private static final String STANDARD_WORD = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private Namespaces() {}

    /** Whether a namespace can have this name. */
    public static boolean isValid(String namespace) {
        return namespace.equals(STANDARD) || (NAME.matcher(namespace).matches() && !namespace.equals(STANDARD_WORD));
    }

    /** The namespace of a file. */
    public static String of(String file) {
        return file.substring(0, Math.max(0, file.indexOf('/')));
    }

    /** The name of a file in a namespace. */
    public static String file(String namespace, String name) {
        return namespace.equals(STANDARD) ? name : namespace + "/" + name;
    }

    /** What people call a namespace: its name, or "default". */
    public static String word(String namespace) {
        return namespace.equals(STANDARD) ? STANDARD_WORD : namespace;
    }

    /** The namespace that people call so. */
    public static String called(String word) {
        return word.equals(STANDARD_WORD) ? STANDARD : word;
    }

    /** A namespace, as people are told of it. */
    public static String words(String namespace) {
        return "the namespace " + word(namespace);
    }

    /** Files by namespace, in their order. */
    public static SortedMap<String, List<RuleFile>> group(List<RuleFile> files) {
        SortedMap<String, List<RuleFile>> groups = new TreeMap<>();
        for (RuleFile file : files) {
            groups.computeIfAbsent(of(file.getName()), namespace -> new ArrayList<>())
                    .add(file);
        }
        return groups;
    }

    /** Who publishes these files of one namespace; empty where nobody said so. */
    public static Optional<RuleOwner> owner(List<RuleFile> files) {
        return files.stream()
                .flatMap(file -> RuleOwner.of(file.getOwner()).stream())
                .findFirst();
    }

    static List<RuleFile> files(SequencedMap<String, String> texts, RuleOwner owner) {
        List<RuleFile> files = new ArrayList<>();
        texts.forEach((name, text) -> files.add(RuleFile.newBuilder()
                .setName(name)
                .setText(text)
                .setOwner(owner.word())
                .build()));
        return files;
    }
}
