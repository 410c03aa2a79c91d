package io.tocsin.selfheal.playbook;

import java.util.Optional;
import java.util.regex.Pattern;

/** How the texts of an action must look once they are filled: what does not look so never reaches a target. */
public enum Shape {
    /** Of an HTTP interface. */
    HTTP_ENDPOINT("(https?://[^/\\s@]+|unix:/[^\\s]+)", "http://host:port, https://host:port or unix:/path"),
    /** Of something that speaks plain text. */
    SOCKET("(tcp://[\\w.-]+:\\d+|tcp://\\[[0-9a-fA-F:]+]:\\d+|unix:/[^\\s]+)", "tcp://host:port or unix:/path"),
    URL("https?://[^\\s@]+", "an address that begins with http:// or https://"),
    HAPROXY_SERVER("[\\w.:-]+/[\\w.:-]+", "backend/server"),
    PROCESS("[^\\s:*]+(:[^\\s:*]+)?", "the name of a process, or group:process"),
    CONTAINER("[a-zA-Z0-9][\\w.-]*", "the name or id of a container"),
    /** As systemd.unit(5) has it; none begins with a dash, which would be an option. */
    UNIT(
            "[a-zA-Z0-9:_.\\\\@][a-zA-Z0-9:_.\\\\@-]*\\.(service|socket|timer|mount|path|target|slice|scope)",
            "the name of a unit such as shop.service"),
    HOST("([\\w][\\w.-]*|[0-9a-fA-F:]+)", "a host name or an IP address"),
    USER("[\\w][\\w.-]*", "the name of a user"),
    KUBERNETES_NAME("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", "a name of small letters, digits, dashes and dots"),
    /** Tocsin's own topics are left alone. */
    TOPIC("(?!tocsin\\.|otlp_|__)[a-zA-Z0-9._-]{1,249}", "the name of a topic that is not Tocsin's or Kafka's own"),
    BOOTSTRAP("[^\\s,]+:\\d+(,[^\\s,]+:\\d+)*", "host:port, more of them separated by commas");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");

    private final Pattern pattern;
    private final String expected;

    Shape(String pattern, String expected) {
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    /** What is wrong with a text before its placeholders are filled; empty when nothing can be said. */
    public Optional<String> problem(Template template) {
        String sample = PLACEHOLDER.matcher(template.text()).replaceAll("1");
        // What is a placeholder as a whole can be anything.
        return sample.equals("1") || pattern.matcher(sample).matches()
                ? Optional.empty()
                : Optional.of("expected " + expected + ", found \"" + template.text() + "\"");
    }

    /**
     * The text for one target.
     *
     * @throws IllegalArgumentException when it does not look as it must
     */
    public String fill(Template template, Target target) {
        String text = template.fill(target);
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + expected + ", found \"" + text + "\"");
        }
        return text;
    }
}
