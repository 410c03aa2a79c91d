package io.tocsin.notifier.route.file;

import io.tocsin.notifier.inhibit.InhibitRule;
import io.tocsin.notifier.interval.TimeIntervals;
import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.Route;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.TemplateFile;
import io.tocsin.notifier.route.file.Problem.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads an {@code alertmanager.yml}: everything that Alertmanager 0.34 takes, and the keys that are Tocsin's own. */
public final class AlertmanagerFile {

    private static final Set<String> KEYS = Keys.words("""
            global route inhibit_rules receivers templates mute_time_intervals time_intervals tracing event_recorder""");

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
     * @param problems what the file is refused for, in its order
     * @param withoutEffect what the file says in vain, in its order; it is not refused for that
     */
    public record Result(Optional<Routing> routing, List<Problem> problems, List<Problem> withoutEffect) {

        public Result {
            problems = List.copyOf(problems);
            withoutEffect = List.copyOf(withoutEffect);
        }
    }

    /**
     * Reads the text of a configuration, and the files of templates that it names. Never throws for what they say.
     *
     * @param file where it is from: named in problems, and the start of relative paths
     */
    public static Result read(Path file, String text) {
        Reading reading = new Reading(file.toString());
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        Routing routing = new AlertmanagerFile(reading, directory).routing(text);
        List<Problem> problems = reading.problems(Kind.INVALID);
        return new Result(
                problems.isEmpty() ? Optional.ofNullable(routing) : Optional.empty(),
                problems,
                reading.problems(Kind.NOT_SUPPORTED));
    }

    private @Nullable Routing routing(String text) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder()
                            .setUseMarks(true)
                            .setCodePointLimit(8 * 1024 * 1024)
                            .setMaxAliasesForCollections(10_000)
                            .build())
                    .composeString(text);
            if (root.isEmpty()) {
                reading.add(Optional.empty(), Kind.INVALID, "the file is empty, expected at least route and receivers");
                return null;
            }
            return Expansion.check(reading, root.get()) ? routing(root.get(), text) : null;
        } catch (MarkedYamlEngineException e) {
            reading.add(e.getProblemMark(), Kind.INVALID, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            reading.add(Optional.empty(), Kind.INVALID, "not YAML: " + e.getMessage());
        }
        return null;
    }

    private @Nullable Routing routing(Node node, String text) {
        YamlObject file = YamlObject.of(reading, node, "the configuration", KEYS);
        Sources sources = new Sources(reading, directory);
        Globals globals = new Globals(file.value("global").orElse(nothing()), sources, new HttpReader(sources));
        List<Receiver> receivers = new ReceiverReader(sources, globals).all(file.list("receivers"));
        TimeIntervals intervals = new IntervalReader(reading).read(file);
        List<InhibitRule> inhibitRules = new InhibitReader(reading).all(file.list("inhibit_rules"));
        List<TemplateFile> templates = new TemplateFiles(reading, directory).read(file.texts("templates"));
        new SideReader(sources).read(file);
        if (!file.has("route")) {
            reading.invalid(node, "route is missing: nobody would be told");
            return null;
        }
        Set<String> names = receivers.stream().map(Receiver::name).collect(Collectors.toSet());
        Route root = new RouteReader(reading, names, intervals.byName().keySet())
                .root(file.value("route").orElseThrow());
        return new Routing(
                globals.resolveTimeout(),
                root,
                receivers,
                inhibitRules,
                intervals,
                templates,
                Redaction.of(text, node));
    }

    private static Node nothing() {
        return new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);
    }
}
