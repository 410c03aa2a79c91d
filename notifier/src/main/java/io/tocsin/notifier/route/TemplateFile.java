package io.tocsin.notifier.route;

import java.nio.file.Path;

/**
 * A file of templates that texts of receivers may use.
 *
 * @param path where it is
 * @param text what it says
 */
public record TemplateFile(Path path, String text) {}
