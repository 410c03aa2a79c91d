package io.tocsin.standalone.cli;

import io.tocsin.rulesengine.rules.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Rule files as people name them on the command line. */
final class RuleTexts {

    private RuleTexts() {}

    /** Files as they are given, and the rule files in folders, by their usual endings. */
    static List<Path> files(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> walk = Files.walk(path)) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches("(?s).*\\.(ya?ml|rules|alerts)"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UserError(path + " cannot be read: " + e);
            }
        }
        return files;
    }

    /** Texts by the last part of their names, by which the engine knows files. */
    static SequencedMap<String, String> read(List<Path> paths) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (Path file : files(paths)) {
            try {
                if (texts.put(String.valueOf(file.getFileName()), Files.readString(file)) != null) {
                    throw new UserError("two files have the name " + file.getFileName());
                }
            } catch (IOException e) {
                throw new UserError(file + " cannot be read: " + e);
            }
        }
        if (texts.isEmpty()) {
            throw new UserError("no rule files in " + paths);
        }
        return texts;
    }

    /** A problem as JSON shows it. */
    static Map<String, Object> detail(Problem problem) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        detail.put("file", problem.position().file());
        detail.put("line", problem.position().line());
        detail.put("column", problem.position().column());
        detail.put("message", problem.message());
        return detail;
    }
}
