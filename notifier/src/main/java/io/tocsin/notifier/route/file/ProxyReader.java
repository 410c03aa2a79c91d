package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions.Proxy;
import io.tocsin.notifier.route.receiver.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the keys of a proxy, which stand among others. */
final class ProxyReader {

    static final Set<String> KEYS = Keys.words("proxy_url no_proxy proxy_from_environment proxy_connect_header");

    private final Reading reading;

    ProxyReader(Reading reading) {
        this.reading = reading;
    }

    Proxy read(YamlObject object) {
        Optional<URI> url = url(object);
        boolean environment = object.flag("proxy_from_environment", false);
        String noProxy = object.text("no_proxy", "");
        Map<String, List<Source>> headers = headers(object);
        if (environment) {
            conflict(object, "proxy_url", url.isPresent());
            conflict(object, "no_proxy", !noProxy.isEmpty());
            return new Proxy.FromEnvironment(headers);
        }
        if (url.isEmpty()) {
            needsProxy(object, "no_proxy", !noProxy.isEmpty() && !object.has("proxy_url"));
            needsProxy(object, "proxy_connect_header", !headers.isEmpty());
            return new Proxy.None();
        }
        return new Proxy.Via(url.get(), noProxy, headers);
    }

    private void conflict(YamlObject object, String key, boolean given) {
        if (given) {
            reading.invalid(object.at(key), key + " may not be given beside proxy_from_environment");
        }
    }

    private void needsProxy(YamlObject object, String key, boolean given) {
        if (given) {
            reading.invalid(object.at(key), key + " has no effect without proxy_url");
        }
    }

    private Optional<URI> url(YamlObject object) {
        return object.filled("proxy_url").flatMap(text -> {
            try {
                return Optional.of(Addresses.any(text));
            } catch (URISyntaxException e) {
                reading.invalid(object.valueAt("proxy_url"), "proxy_url is not an address: " + e.getReason());
                return Optional.empty();
            }
        });
    }

    private Map<String, List<Source>> headers(YamlObject object) {
        Map<String, List<Source>> headers = new TreeMap<>();
        object.value("proxy_connect_header")
                .map(node -> YamlObject.anyKeys(reading, node, "proxy_connect_header"))
                .ifPresent(given -> given.forEach((name, value) -> headers.put(name, values(given, value))));
        return headers;
    }

    private List<Source> values(YamlObject headers, Node value) {
        if (!(value instanceof SequenceNode sequence)) {
            reading.invalid(value, "found " + Scalars.kind(value) + ", expected a list");
            return List.of();
        }
        return sequence.getValue().stream()
                .flatMap(element -> headers.scalar(element).stream())
                .map(ScalarNode::getValue)
                .map(Source::inline)
                .toList();
    }
}
