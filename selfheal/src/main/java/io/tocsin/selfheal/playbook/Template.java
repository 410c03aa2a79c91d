package io.tocsin.selfheal.playbook;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with {@code {{target.name}}} placeholders. They are filled from the inventory entry alone: text that comes with
 * an alert never reaches a command.
 *
 * @param text as it is written in the playbook
 */
public record Template(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final String PREFIX = "target.";

    /** The placeholders' names behind {@code target.}; one that is not of the target is given whole. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            names.add(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
        }
        return names;
    }

    /** Placeholders that do not start with {@code target.}, which nothing could fill. */
    public Set<String> foreign() {
        Set<String> foreign = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).startsWith(PREFIX)) {
                foreign.add(matcher.group(1));
            }
        }
        return foreign;
    }

    /**
     * The text for one target.
     *
     * @throws IllegalArgumentException when the target does not say what a placeholder stands for
     */
    public String fill(Target target) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), target)));
    }

    private static String value(String placeholder, Target target) {
        String name = placeholder.startsWith(PREFIX) ? placeholder.substring(PREFIX.length()) : placeholder;
        String value = target.values().get(name);
        if (value == null || !placeholder.startsWith(PREFIX)) {
            throw new IllegalArgumentException("target " + target.name() + " has no value for {{" + placeholder + "}}");
        }
        return value;
    }
}
