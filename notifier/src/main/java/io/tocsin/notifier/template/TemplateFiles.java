package io.tocsin.notifier.template;

import io.tocsin.gotemplate.TemplateException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the files that {@code templates:} names. */
public final class TemplateFiles {

    private static final long MAX_FILE_BYTES = 4L << 20;

    private TemplateFiles() {}

    /** A template file that cannot be used, with its place: {@code file:line: message}. */
    public static final class Unusable extends Exception {

        private static final long serialVersionUID = 1;

        Unusable(String message, Exception cause) {
            super(message, cause);
        }

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * The default templates and those of the files.
     *
     * @param base what relative patterns start from
     * @param patterns paths; the last part may have {@code * ? [ ] { }}
     */
    public static NoticeTemplates load(Path base, List<String> patterns) throws Unusable {
        NoticeTemplates templates = NoticeTemplates.defaults();
        for (String pattern : patterns) {
            for (Path file : matches(base, pattern)) {
                templates = add(templates, file);
            }
        }
        return templates;
    }

    private static NoticeTemplates add(NoticeTemplates templates, Path file) throws Unusable {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new Unusable(file + ": longer than " + MAX_FILE_BYTES + " bytes");
            }
            return templates.with(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (TemplateException.Parse e) {
            throw new Unusable(file + ":" + e.line() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Unusable(file + ": " + e, e);
        }
    }

    /** The files of a pattern, sorted; none is no mistake, as they may come later. */
    private static List<Path> matches(Path base, String pattern) throws Unusable {
        int slash = pattern.lastIndexOf('/');
        Path directory = base.resolve(slash < 0 ? "" : pattern.substring(0, Math.max(slash, 1)));
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern.substring(slash + 1))) {
            files.forEach(found::add);
        } catch (IOException | java.util.regex.PatternSyntaxException e) {
            throw new Unusable("templates: " + pattern + ": " + e.getMessage(), e);
        }
        Collections.sort(found);
        return found;
    }
}
