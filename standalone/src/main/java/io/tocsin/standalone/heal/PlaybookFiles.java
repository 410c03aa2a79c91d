package io.tocsin.standalone.heal;

import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.playbook.files.PlanReader;
import io.tocsin.selfheal.playbook.read.Reading;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Playbooks with what they are read against, from files and folders of them. */
public final class PlaybookFiles {

    private PlaybookFiles() {}

    /**
     * Reads them.
     *
     * @param playbooks files and folders
     * @param targets files and folders of the inventory; empty for the folder {@code targets} beside that of the playbooks
     * @param limits the operator's limits; empty for {@code selfheal.yaml} beside the folder of the playbooks, where there is
     *     one
     */
    public static Reading<Plan> read(List<Path> playbooks, List<Path> targets, List<Path> limits) {
        Path beside = beside(playbooks.getFirst());
        return PlanReader.read(
                texts(targets.isEmpty() ? existing(beside.resolve("targets")) : targets),
                texts(playbooks),
                texts(limits.isEmpty() ? existing(beside.resolve("selfheal.yaml")) : limits));
    }

    /** The configuration directory that a playbook, or the folder of playbooks, belongs to. */
    private static Path beside(Path playbooks) {
        Path folder = Files.isDirectory(playbooks)
                ? playbooks
                : playbooks.toAbsolutePath().getParent();
        Path parent =
                folder == null ? null : folder.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static List<Path> existing(Path path) {
        return Files.exists(path) ? List.of(path) : List.of();
    }

    /** Texts by the names of their files; of folders, those that end in .yaml or .yml. */
    static SortedMap<String, String> texts(List<Path> paths) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path path : paths) {
            try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
                for (Path file :
                        files.filter(each -> each.equals(path) || isYaml(each)).toList()) {
                    texts.put(file.toString(), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UserError(path + " cannot be read: " + e);
            }
        }
        return texts;
    }

    /** The text of one file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e);
        }
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }
}
