package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.CommandOptions;
import io.tocsin.notifier.route.receiver.KafkaOptions;
import io.tocsin.notifier.route.receiver.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what Alertmanager does not have and what is told without HTTP: topics and commands. */
final class LocalReaders {

    static final Set<String> KAFKA = Keys.words("topic bootstrap_servers properties timeout");
    static final Set<String> COMMAND = Keys.words("command timeout");

    private static final String SERVERS = "bootstrap.servers";

    private LocalReaders() {}

    static KafkaOptions kafka(Way way) {
        Map<String, Source> properties = new TreeMap<>();
        way.object().stringMap("properties").forEach((name, value) -> properties.put(name, Source.inline(value)));
        if (!properties.containsKey(SERVERS)) {
            properties.put(SERVERS, Source.inline(way.required("bootstrap_servers")));
        }
        return new KafkaOptions(way.sendResolved(true), way.timeout(), way.required("topic"), properties);
    }

    static CommandOptions command(Way way) {
        List<String> command = way.object().strings("command");
        if (command.isEmpty()) {
            way.problem(way.object().node(), "command must list a program and its arguments in command_configs");
            return new CommandOptions(false, way.timeout(), List.of("false"));
        }
        return new CommandOptions(way.sendResolved(true), way.timeout(), command);
    }
}
