package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.Problem.Kind;
import io.tocsin.notifier.route.receiver.HttpOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads an {@code alertmanager.yml}. */
public final class AlertmanagerFile {

    private final Reading reading;
    private final Path directory;

    private AlertmanagerFile(Reading reading, Path directory) {
        this.reading = reading;
        this.directory = directory;
    }

    /**
     * What came of reading a file.
     *
     * @param routing the configuration; empty when there is any problem
     * @param problems every problem, in the order of the file
     */
    public record Result(Optional<Routing> routing, List<Problem> problems) {

        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the text of a configuration. Never throws for what the text says.
     *
     * @param file where it is from: named in problems, and the start of relative paths
     */
    public static Result read(Path file, String text) {
        Reading reading = new Reading(file.toString());
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        Routing routing = new AlertmanagerFile(reading, directory).routing(text);
        List<Problem> problems = reading.problems();
        return new Result(problems.isEmpty() ? Optional.ofNullable(routing) : Optional.empty(), problems);
    }

    private @Nullable Routing routing(String text) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setUseMarks(true)
                            .setCodePointLimit(8 * 1024 * 1024)
                            .build())
                    .composeString(text);
            if (root.isEmpty()) {
                reading.add(Optional.empty(), Kind.INVALID, "the file is empty, expected at least route and receivers");
                return null;
            }
            return routing(root.get(), text);
        } catch (MarkedYamlEngineException e) {
            reading.add(e.getProblemMark(), Kind.INVALID, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            reading.add(Optional.empty(), Kind.INVALID, "not YAML: " + e.getMessage());
        }
        return null;
    }

    private @Nullable Routing routing(Node node, String text) {
        YamlObject file = YamlObject.of(reading, node, "the configuration", Keys.FILE);
        HttpReader http = new HttpReader(reading, directory);
        Optional<YamlObject> global = file.value("global").map(at -> YamlObject.of(reading, at, "global", Keys.GLOBAL));
        HttpOptions defaultHttp = global.flatMap(given -> given.value("http_config"))
                .map(http::read)
                .orElse(HttpOptions.DEFAULT);
        List<Receiver> receivers = new ReceiverReader(reading, http, defaultHttp).all(file.list("receivers"));
        inhibitions(file);
        templates(file);
        Set<String> intervals = intervals(file);
        if (!file.has("route")) {
            reading.invalid(node, "route is missing: nobody would be told");
            return null;
        }
        Set<String> names = receivers.stream().map(Receiver::name).collect(Collectors.toSet());
        Route root = new RouteReader(reading, names, intervals)
                .root(file.value("route").orElseThrow());
        Duration resolveTimeout =
                global.flatMap(given -> given.duration("resolve_timeout")).orElse(Duration.ofMinutes(5));
        return new Routing(resolveTimeout, root, receivers, Redaction.of(text, node));
    }

    private void templates(YamlObject file) {
        file.list("templates")
                .forEach(template -> reading.notSupported(template, "template files are not yet supported"));
        for (String key : List.of("tracing", "event_recorder")) {
            if (file.has(key)) {
                reading.notSupported(file.at(key), key + " is not yet supported");
            }
        }
    }

    private void inhibitions(YamlObject file) {
        MatchersReader matchers = new MatchersReader(reading);
        for (Node node : file.list("inhibit_rules")) {
            YamlObject rule = YamlObject.of(reading, node, "an inhibition rule", Keys.INHIBIT);
            matchers.read(rule, "source_match", "source_match_re", "source_matchers");
            matchers.read(rule, "target_match", "target_match_re", "target_matchers");
            reading.notSupported(node, "inhibit_rules are not yet supported");
        }
    }

    private Set<String> intervals(YamlObject file) {
        Set<String> names = new HashSet<>();
        for (String key : List.of("mute_time_intervals", "time_intervals")) {
            for (Node node : file.list(key)) {
                YamlObject interval = YamlObject.of(reading, node, "a time interval", Keys.TIME_INTERVAL);
                Optional<String> name = interval.text("name").filter(text -> !text.isEmpty());
                if (name.isEmpty()) {
                    reading.invalid(node, "a time interval must have a name");
                } else if (!names.add(name.get())) {
                    Node at = interval.value("name").orElse(node);
                    reading.invalid(at, "time interval \"" + ((ScalarNode) at).getValue() + "\" is defined twice");
                }
            }
        }
        return names;
    }
}
