package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.rulesengine.rules.apply.RulePublisher.Outcome.Foreign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be published.
 *
 * @param owner who it is
 * @param namespace the one whose files these are; null for files of all namespaces, that replace everything
 * @param files texts by name, the namespace as their folder
 * @param takeOver whether a namespace may be taken from its owner
 */
public record RuleChange(
        RuleOwner owner, @Nullable String namespace, SequencedMap<String, String> files, boolean takeOver) {

    public RuleChange(
            RuleOwner owner, @Nullable String namespace, SequencedMap<String, String> files, boolean takeOver) {
        this.owner = owner;
        this.namespace = namespace;
        this.files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        this.takeOver = takeOver;
        if (namespace != null && !Namespaces.isValid(namespace)) {
            throw new IllegalArgumentException("no name of a namespace: " + namespace);
        }
    }

    /** All files of one namespace. */
    public static RuleChange of(
            RuleOwner owner, String namespace, SequencedMap<String, String> texts, boolean takeOver) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        texts.forEach((name, text) -> files.put(Namespaces.file(namespace, name), text));
        return new RuleChange(owner, namespace, files, takeOver);
    }

    /** A namespace that would change and belongs to somebody else. */
    Optional<Foreign> foreign(List<RuleFile> before) {
        SortedMap<String, List<RuleFile>> groups = Namespaces.group(before);
        for (String changed : changed(before)) {
            Optional<RuleOwner> now = Namespaces.owner(groups.getOrDefault(changed, List.of()));
            if (!takeOver && now.isPresent() && now.get() != owner) {
                return Optional.of(new Foreign(changed, now.get()));
            }
        }
        return Optional.empty();
    }

    /** All files as they are to be: sorted by namespace, those of a namespace that does not change as they are. */
    List<RuleFile> appliedTo(List<RuleFile> before) {
        SortedMap<String, List<RuleFile>> groups = Namespaces.group(before);
        SortedMap<String, List<RuleFile>> wanted = Namespaces.group(Namespaces.files(files, owner));
        for (String changed : changed(before)) {
            groups.put(changed, wanted.getOrDefault(changed, List.of()));
        }
        List<RuleFile> after = new ArrayList<>();
        groups.values().forEach(after::addAll);
        return after;
    }

    private Set<String> changed(List<RuleFile> before) {
        SortedMap<String, List<RuleFile>> groups = Namespaces.group(before);
        SortedMap<String, List<RuleFile>> wanted = Namespaces.group(Namespaces.files(files, owner));
        Set<String> all = new TreeSet<>(wanted.keySet());
        if (namespace == null) {
            all.addAll(groups.keySet());
        } else {
            all.add(namespace);
        }
        all.removeIf(name -> {
            List<RuleFile> now = groups.getOrDefault(name, List.of());
            boolean mine = Namespaces.owner(now).map(owner::equals).orElse(now.isEmpty());
            // Whoever sends everything does not claim what he leaves as it is.
            return texts(now).equals(texts(wanted.getOrDefault(name, List.of()))) && (mine || namespace == null);
        });
        return all;
    }

    private static SequencedMap<String, String> texts(List<RuleFile> files) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        files.forEach(file -> texts.put(file.getName(), file.getText()));
        return texts;
    }
}
