package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.Source.Inline;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads values that are written inline or in a file of their own. Paths are relative to the file that names them. */
final class Sources {

    /** What a configuration has in place of its secrets when it was shown by an API. */
    private static final String REDACTED = "<secret>";

    private final Reading reading;
    private final Path directory;

    Sources(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
    }

    Reading reading() {
        return reading;
    }

    /** A value given at a key, or in the file that the key with {@code _file} names; both is a problem. */
    Optional<Source> read(YamlObject object, String key) {
        atMostOne(object, List.of(key, key + "_file"));
        return object.filled(key).map(Source::inline).or(() -> file(object, key + "_file"));
    }

    /** The same for an HTTP address. */
    Optional<Source> address(YamlObject object, String key) {
        Optional<Source> address = read(object, key);
        if (object.has(key) && !object.text(key).equals(Optional.of(REDACTED))) {
            check(object, key);
        }
        return address;
    }

    private void check(YamlObject object, String key) {
        object.text(key).ifPresent(text -> {
            try {
                Addresses.http(text);
            } catch (URISyntaxException e) {
                reading.invalid(object.valueAt(key), key + " is not an address: " + e.getReason());
            }
        });
    }

    Optional<Source> file(YamlObject object, String key) {
        return object.filled(key).map(this::file);
    }

    Source file(String path) {
        return new Source.File(directory.resolve(path));
    }

    /** A problem when more than one of these keys has a value. */
    void atMostOne(YamlObject object, List<String> keys) {
        List<String> filled =
                keys.stream().filter(key -> object.filled(key).isPresent()).toList();
        if (filled.size() > 1) {
            reading.invalid(
                    object.at(filled.getLast()), "at most one of " + String.join(" and ", filled) + " may be given");
        }
    }

    /** A name in a secret manager; there is none here, so that requests could never be made. */
    void noReference(YamlObject object, String key) {
        if (object.filled(key).isPresent()) {
            reading.invalid(object.at(key), key + " needs a secret manager, and there is none; use a file");
        }
    }

    /** The inline value, if it is one. */
    static Optional<String> inlineValue(Source source) {
        return source instanceof Inline(var secret) ? Optional.of(secret.value()) : Optional.empty();
    }
}
