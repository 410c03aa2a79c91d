package io.tocsin.notifier.route.file;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.route.TemplateFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code templates}: files and patterns of files, relative to the configuration; a pattern may match none. */
final class TemplateFiles {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");
    private static final int MOST_FILES = 1_000;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final Reading reading;
    private final Path directory;
    private final List<TemplateFile> files = new ArrayList<>();

    TemplateFiles(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
    }

    List<TemplateFile> read(List<ScalarNode> patterns) {
        for (ScalarNode pattern : patterns) {
            try {
                matching(Path.of(directory.resolve(pattern.getValue()).toString()))
                        .forEach(path -> read(pattern, path));
            } catch (IOException | PatternSyntaxException e) {
                reading.invalid(pattern, "the files of this pattern cannot be listed: " + e.getMessage());
            }
            if (files.size() > MOST_FILES) {
                reading.invalid(pattern, "more than " + MOST_FILES + " files of templates");
                return List.of();
            }
        }
        return List.copyOf(files);
    }

    /** The files of a pattern, whose wildcards may stand in any part of the path, in alphabetical order. */
    private static List<Path> matching(Path pattern) throws IOException {
        List<Path> found = List.of(pattern.getRoot() == null ? Path.of("") : pattern.getRoot());
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path parent : found) {
                next.addAll(children(parent, part.toString()));
            }
            found = next;
        }
        return found.stream().filter(path -> !Files.isDirectory(path)).toList();
    }

    private static List<Path> children(Path parent, String name) throws IOException {
        if (!WILDCARD.matcher(name).find()) {
            Path child = parent.resolve(name);
            return Files.exists(child) ? List.of(child) : List.of();
        }
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        // Braces mean nothing in these patterns, other than in those of the JDK.
        String glob = name.replace("{", "\\{").replace("}", "\\}").replace("[^", "[!");
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, glob)) {
            stream.forEach(children::add);
        }
        children.sort(Comparator.naturalOrder());
        return children;
    }

    private void read(ScalarNode pattern, Path path) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                reading.invalid(pattern, path + " has more than " + MOST_BYTES + " bytes");
                return;
            }
            String text = Files.readString(path);
            TemplateSyntax.check(String.valueOf(path.getFileName()), text);
            files.add(new TemplateFile(path, text));
        } catch (TemplateException.Parse e) {
            reading.invalidElsewhere(path.toString(), e.line(), "not a template: " + e.getMessage());
        } catch (IOException e) {
            reading.invalid(pattern, path + " cannot be read: " + e.getMessage());
        }
    }
}
