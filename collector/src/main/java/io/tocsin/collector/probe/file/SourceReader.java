package io.tocsin.collector.probe.file;

import com.google.re2j.Pattern;
import io.tocsin.collector.config.Fields;
import io.tocsin.collector.config.Template;
import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.LabelName;
import io.tocsin.collector.discover.TargetSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads where targets come from: as they are written, and by discovery. */
final class SourceReader {

    private static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);
    private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);
    private static final String DOCKER_SOCKET = "/var/run/docker.sock";
    private static final Template ADDRESS = new Template("{{" + Discovered.ADDRESS + "}}");

    private static final Map<String, BiFunction<Fields, Duration, Discovery>> KINDS = Map.of(
            "files", (fields, refresh) -> new Discovery.Files(fields.texts("paths"), refresh),
            "dns_srv",
                    (fields, refresh) -> new Discovery.DnsSrv(fields.required("name"), fields.text("server"), refresh),
            "http_sd", SourceReader::httpSd,
            "kubernetes", SourceReader::kubernetes,
            "docker",
                    (fields, refresh) -> new Discovery.Docker(
                            fields.text("socket").orElse(DOCKER_SOCKET), fields.texts("labels"), refresh));

    private SourceReader() {}

    /** The targets of a probe; each is an address, or an address with labels. */
    static TargetSource ofProbe(Fields fields) {
        List<Discovered> fixed = new ArrayList<>();
        for (Node node : fields.list("targets")) {
            if (node instanceof ScalarNode scalar) {
                fixed.add(Discovered.of(scalar.getValue(), Map.of()));
            } else {
                Fields own = new Fields(node, "a target (an address, or address and labels)", fields.problems());
                String address = own.required("address");
                fixed.add(Discovered.of(address, labels(own)));
                own.close();
            }
        }
        return source(fields, fixed);
    }

    /** What is expected; each is a set of labels. */
    static TargetSource ofExpected(Fields fields) {
        List<Discovered> fixed = new ArrayList<>();
        for (Node node : fields.list("targets")) {
            Fields own = new Fields(node, "labels of a target", fields.problems());
            if (node instanceof MappingNode) {
                fixed.add(Discovered.of(
                        "",
                        own.names().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        name -> name, name -> own.text(name).orElse("")))));
            }
        }
        return source(fields, fixed);
    }

    private static Map<String, String> labels(Fields fields) {
        Map<String, String> labels = fields.map("labels");
        labels.keySet().stream()
                .filter(name -> !LabelName.isValid(name))
                .forEach(name -> fields.error("labels", "\"" + name + "\" is not a name of a label"));
        return labels;
    }

    private static TargetSource source(Fields fields, List<Discovered> fixed) {
        List<Discovery> discoveries = new ArrayList<>();
        for (Node node : fields.list("discover")) {
            discovery(new Fields(node, "a source of targets", fields.problems()))
                    .ifPresent(discoveries::add);
        }
        Map<String, Pattern> keep = Values.patterns(fields, "keep");
        Template address = fields.text("target").map(Template::new).orElse(ADDRESS);
        Map<String, Template> labels = Values.templates(fields, "labels", LabelName::isValid);
        if (fixed.isEmpty() && discoveries.isEmpty() && !fields.has("targets") && !fields.has("discover")) {
            fields.error("nothing to look at: expected targets, or discover");
        }
        return new TargetSource(fixed, discoveries, keep, address, labels);
    }

    private static Optional<Discovery> discovery(Fields fields) {
        Duration refresh = fields.duration("refresh").orElse(DEFAULT_REFRESH);
        if (refresh.compareTo(LEAST_REFRESH) < 0) {
            fields.error("refresh", "expected at least 1s");
        }
        List<Discovery> found = new ArrayList<>();
        KINDS.forEach((kind, read) -> fields.fields(kind, "how to ask " + kind).ifPresent(own -> {
            found.add(read.apply(own, refresh));
            own.close();
        }));
        fields.close();
        if (found.size() != 1) {
            fields.error("expected one of "
                    + String.join(", ", KINDS.keySet().stream().sorted().toList()));
            return Optional.empty();
        }
        return Optional.of(found.getFirst());
    }

    private static Discovery httpSd(Fields fields, Duration refresh) {
        if (!fields.has("url")) {
            fields.error("\"url\" is missing");
        }
        URI url = fields.one("url", SourceReader::url).orElse(URI.create("http://localhost/"));
        return new Discovery.HttpSd(url, fields.text("token_file"), refresh);
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("expected a URL with http or https, found \"" + text + "\"");
        }
        return url;
    }

    private static Discovery kubernetes(Fields fields, Duration refresh) {
        Discovery.Kubernetes.Role role = fields.choice(
                        "role",
                        Map.of("service", Discovery.Kubernetes.Role.SERVICE, "pod", Discovery.Kubernetes.Role.POD))
                .orElse(Discovery.Kubernetes.Role.SERVICE);
        return new Discovery.Kubernetes(role, fields.texts("namespaces"), fields.map("selector"), refresh);
    }
}
