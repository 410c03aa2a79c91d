package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.receiver.Kind;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads receivers. */
final class ReceiverReader {

    private static final Set<String> KEYS = Stream.concat(
                    Stream.of("name", "labels"), Arrays.stream(Kind.values()).map(Kind::key))
            .collect(Collectors.toUnmodifiableSet());
    /** Kinds of which an empty entry may have all that it needs from the global section. */
    private static final Set<Kind> MAY_BE_EMPTY = EnumSet.of(Kind.SLACK, Kind.OPSGENIE, Kind.WECHAT, Kind.ROCKETCHAT);

    private final Reading reading;
    private final Sources sources;
    private final Globals globals;

    ReceiverReader(Sources sources, Globals globals) {
        this.reading = sources.reading();
        this.sources = sources;
        this.globals = globals;
    }

    List<Receiver> all(List<Node> nodes) {
        Map<String, Receiver> byName = new LinkedHashMap<>();
        for (Node node : nodes) {
            YamlObject object = YamlObject.of(reading, node, "a receiver", KEYS);
            Optional<String> name = object.filled("name");
            if (name.isEmpty()) {
                reading.invalid(node, "a receiver must have a name");
            } else if (byName.containsKey(name.get())) {
                reading.invalid(object.valueAt("name"), "receiver \"" + name.get() + "\" is defined twice");
            }
            byName.putIfAbsent(name.orElse(""), receiver(object, name.orElse("")));
        }
        return List.copyOf(byName.values());
    }

    private Receiver receiver(YamlObject object, String name) {
        List<ReceiverOptions> ways = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            object.list(kind.key()).forEach(node -> ways.add(way(kind, node)));
        }
        return new Receiver(name, new TreeMap<>(labels(object, name)), ways);
    }

    private Map<String, String> labels(YamlObject object, String name) {
        Map<String, String> labels = new TreeMap<>(object.stringMap("labels"));
        String own = labels.put("name", name);
        if (own != null && !own.equals(name)) {
            reading.invalid(
                    object.at("labels"),
                    "the label \"name\" must be the receiver's name \"" + name + "\", found \"" + own + "\"");
        }
        return labels;
    }

    private ReceiverOptions way(Kind kind, Node node) {
        if (Scalars.isNull(node) && !MAY_BE_EMPTY.contains(kind)) {
            reading.invalid(node, "an entry of " + kind.key() + " is empty");
        }
        Way way = new Way(kind.key(), node, keys(kind), globals, sources);
        return switch (kind) {
            case WEBHOOK -> WebhookReader.read(way);
            case EMAIL -> EmailReader.read(way);
            case PAGERDUTY -> PagerDutyReader.read(way);
            case OPSGENIE -> OpsGenieReader.read(way);
            case WECHAT -> MessengerReaders.weChat(way);
            case SLACK -> SlackReader.read(way);
            case VICTOROPS -> PagerReaders.victorOps(way);
            case PUSHOVER -> PagerReaders.pushover(way);
            case SNS -> SnsReader.read(way);
            case TELEGRAM -> MessengerReaders.telegram(way);
            case DISCORD -> MessengerReaders.discord(way);
            case WEBEX -> MessengerReaders.webex(way);
            case MSTEAMS -> MessengerReaders.msTeams(way);
            case MSTEAMSV2 -> MessengerReaders.msTeamsV2(way);
            case JIRA -> JiraReader.read(way);
            case ROCKETCHAT -> RocketChatReader.read(way);
            case MATTERMOST -> MattermostReader.read(way);
            case INCIDENTIO -> PagerReaders.incidentio(way);
            case DINGTALK -> RobotReaders.dingTalk(way);
            case FEISHU -> RobotReaders.feishu(way);
            case WECOM -> RobotReaders.weCom(way);
            case KAFKA -> LocalReaders.kafka(way);
            case COMMAND -> LocalReaders.command(way);
        };
    }

    private static Set<String> keys(Kind kind) {
        return switch (kind) {
            case WEBHOOK -> WebhookReader.KEYS;
            case EMAIL -> EmailReader.KEYS;
            case PAGERDUTY -> PagerDutyReader.KEYS;
            case OPSGENIE -> OpsGenieReader.KEYS;
            case WECHAT -> MessengerReaders.WECHAT;
            case SLACK -> SlackReader.KEYS;
            case VICTOROPS -> PagerReaders.VICTOROPS;
            case PUSHOVER -> PagerReaders.PUSHOVER;
            case SNS -> SnsReader.KEYS;
            case TELEGRAM -> MessengerReaders.TELEGRAM;
            case DISCORD -> MessengerReaders.DISCORD;
            case WEBEX -> MessengerReaders.WEBEX;
            case MSTEAMS -> MessengerReaders.MSTEAMS;
            case MSTEAMSV2 -> MessengerReaders.MSTEAMSV2;
            case JIRA -> JiraReader.KEYS;
            case ROCKETCHAT -> RocketChatReader.KEYS;
            case MATTERMOST -> MattermostReader.KEYS;
            case INCIDENTIO -> PagerReaders.INCIDENTIO;
            case DINGTALK -> RobotReaders.DINGTALK;
            case FEISHU -> RobotReaders.FEISHU;
            case WECOM -> RobotReaders.WECOM;
            case KAFKA -> LocalReaders.KAFKA;
            case COMMAND -> LocalReaders.COMMAND;
        };
    }
}
