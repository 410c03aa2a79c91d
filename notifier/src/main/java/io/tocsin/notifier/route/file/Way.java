package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One entry of a receiver's list, such as of {@code slack_configs}, while it is read. What is missing is a problem and
 * counts as something that is never used, for a file with a problem is refused as a whole.
 */
final class Way {

    private static final Source NOTHING = Source.inline("");
    private static final URI NOWHERE = URI.create("http://nowhere.invalid/");

    private final String key;
    private final YamlObject object;
    private final Globals globals;
    private final Sources sources;

    Way(String key, Node node, Set<String> known, Globals globals, Sources sources) {
        this.key = key;
        this.globals = globals;
        this.sources = sources;
        this.object = YamlObject.of(sources.reading(), node, key, Keys.words("send_resolved http_config", known));
    }

    YamlObject object() {
        return object;
    }

    Globals globals() {
        return globals;
    }

    Sources sources() {
        return sources;
    }

    Reading reading() {
        return sources.reading();
    }

    boolean sendResolved(boolean absent) {
        return object.flag("send_resolved", absent);
    }

    /** {@code http_config}, or the global one. */
    HttpOptions http() {
        return object.value("http_config").map(new HttpReader(sources)::read).orElse(globals.http());
    }

    /** {@code timeout}; zero and less mean the notifier's own. */
    Optional<Duration> timeout() {
        return object.goDuration("timeout").filter(Duration::isPositive);
    }

    String text(String name) {
        return object.text(name, "");
    }

    String text(String name, String absent) {
        return object.text(name, absent);
    }

    /** A text that is the default template of the kind where it is absent. */
    String template(String name, String template) {
        return object.text(name, "{{ template \"" + template + "\" . }}");
    }

    boolean flag(String name) {
        return object.flag(name, false);
    }

    Optional<Source> source(String name) {
        return sources.read(object, name);
    }

    Optional<Source> address(String name) {
        return sources.address(object, name);
    }

    /** A text without which nothing can be told. */
    String required(String name) {
        if (object.filled(name).isEmpty()) {
            problem(object.node(), name + " is missing in " + key);
        }
        return object.text(name, "");
    }

    /** A value without which nothing can be told. */
    Source required(String name, Optional<Source> source) {
        if (source.isEmpty()) {
            problem(object.node(), "one of " + name + " and " + name + "_file must be given in " + key);
        }
        return source.orElse(NOTHING);
    }

    /** A value of the entry, or else a global one, without which nothing can be told. */
    Source required(String name, String global) {
        Optional<Source> source = source(name).or(() -> globals.source(global));
        if (source.isEmpty()) {
            problem(
                    object.node(),
                    "one of " + name + " and " + name + "_file must be given in " + key + ", or " + global
                            + " in global");
        }
        return source.orElse(NOTHING);
    }

    /** An address of the entry, or else a global one. */
    URI url(String name, String global) {
        Optional<URI> url = url(name).or(() -> globals.address(global));
        if (url.isEmpty() && !object.has(name)) {
            problem(object.node(), name + " must be given in " + key + ", or " + global + " in global");
        }
        return url.orElse(NOWHERE);
    }

    /** The same with a slash at its end. */
    URI directory(String name, String global) {
        URI url = url(name, global);
        String path = Optional.ofNullable(url.getRawPath()).orElse("");
        if (path.endsWith("/")) {
            return url;
        }
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "/" + query);
    }

    private Optional<URI> url(String name) {
        return object.text(name).flatMap(text -> {
            try {
                return Optional.of(Addresses.http(text));
            } catch (URISyntaxException e) {
                problem(object.valueAt(name), name + " is not an address: " + e.getReason());
                return Optional.empty();
            }
        });
    }

    /** One of a few words. */
    <E> Optional<E> choice(String name, Map<String, E> words) {
        Optional<String> text = object.filled(name);
        Optional<E> chosen = text.flatMap(word -> Optional.ofNullable(words.get(word)));
        if (text.isPresent() && chosen.isEmpty()) {
            String known = String.join(", ", words.keySet().stream().sorted().toList());
            problem(
                    object.valueAt(name),
                    "\"" + text.get() + "\" is not a value of " + name + ", which is one of " + known
                            + NearestName.hint(text.get(), words.keySet()));
        }
        return chosen;
    }

    /** The mappings of a list, each read. */
    <T> java.util.List<T> list(String name, Set<String> known, Function<YamlObject, T> read) {
        return object.list(name).stream()
                .map(node -> read.apply(YamlObject.of(reading(), node, name, known)))
                .toList();
    }

    void problem(Node at, String message) {
        reading().invalid(at, message);
    }
}
