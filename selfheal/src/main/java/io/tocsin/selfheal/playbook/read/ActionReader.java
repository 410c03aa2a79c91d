package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.CommandAction;
import io.tocsin.selfheal.playbook.ContainerAction;
import io.tocsin.selfheal.playbook.Endpoint;
import io.tocsin.selfheal.playbook.HaproxyAction;
import io.tocsin.selfheal.playbook.KafkaAction;
import io.tocsin.selfheal.playbook.KubernetesAction;
import io.tocsin.selfheal.playbook.KubernetesAction.Kind;
import io.tocsin.selfheal.playbook.Shape;
import io.tocsin.selfheal.playbook.SupervisorAction;
import io.tocsin.selfheal.playbook.SystemdAction;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.WebhookAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a step does: one mapping for each kind of executor, in it one verb with what it is done to. */
final class ActionReader {

    private static final int SSH_PORT = 22;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Problems problems;
    private final Map<String, Function<Texts, Optional<? extends Action>>> kinds = new LinkedHashMap<>();

    ActionReader(Problems problems) {
        this.problems = problems;
        kinds.put("supervisor", this::supervisor);
        kinds.put("haproxy", this::haproxy);
        kinds.put("container", this::container);
        kinds.put("systemd", this::systemd);
        kinds.put("webhook", this::webhook);
        kinds.put("kubernetes", this::kubernetes);
        kinds.put("kafka", this::kafka);
    }

    /** The action of a step; empty when a problem was found. */
    Optional<Action> read(Texts step) {
        Fields fields = step.fields();
        List<String> given = new ArrayList<>();
        kinds.keySet().stream().filter(key -> fields.child(key).isPresent()).forEach(given::add);
        if (fields.child("command").isPresent()) {
            given.add("command");
        }
        if (given.size() != 1) {
            problems.at(fields.node(), "a step has one of command, " + String.join(", ", kinds.keySet()));
            return Optional.empty();
        }
        int before = problems.count();
        String key = given.getFirst();
        Optional<? extends Action> action =
                key.equals("command") ? command(step) : mapping(step, key, Objects.requireNonNull(kinds.get(key)));
        return problems.count() > before ? Optional.empty() : action.map(Action.class::cast);
    }

    private Optional<? extends Action> mapping(
            Texts step, String key, Function<Texts, Optional<? extends Action>> kind) {
        int before = problems.count();
        Fields fields = new Fields(step.fields().where(key), key, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        Optional<? extends Action> action = kind.apply(step.of(fields));
        fields.close();
        return action;
    }

    private Optional<Action> command(Texts step) {
        int before = problems.count();
        List<Template> arguments = step.list("command");
        return problems.count() > before
                ? Optional.empty()
                : valid(step.fields().where("command"), () -> new CommandAction(arguments));
    }

    private Optional<Action> supervisor(Texts texts) {
        Endpoint at = endpoint(texts);
        return verb(texts, SupervisorAction.Verb.values())
                .flatMap(verb -> valid(
                        texts.fields().node(),
                        () -> new SupervisorAction(verb, texts.required(key(verb), Shape.PROCESS), at)));
    }

    private Optional<Action> haproxy(Texts texts) {
        Template at = texts.required("at", Shape.SOCKET);
        OptionalInt percent = number(texts, "percent");
        boolean untilIdle = texts.fields().flag("until_idle", false);
        return verb(texts, HaproxyAction.Verb.values())
                .flatMap(verb -> valid(
                        texts.fields().node(),
                        () -> new HaproxyAction(
                                verb, texts.required(key(verb), Shape.HAPROXY_SERVER), at, percent, untilIdle)));
    }

    private Optional<Action> container(Texts texts) {
        Endpoint at = endpoint(texts);
        Duration grace = texts.fields().duration("grace").orElse(GRACE);
        return verb(texts, ContainerAction.Verb.values())
                .flatMap(verb -> valid(
                        texts.fields().node(),
                        () -> new ContainerAction(
                                verb,
                                texts.required(key(verb), Shape.CONTAINER),
                                at,
                                Math.toIntExact(grace.toSeconds()))));
    }

    private Optional<Action> systemd(Texts texts) {
        Fields fields = texts.fields();
        Template host = texts.required("host", Shape.HOST);
        Template user = texts.required("user", Shape.USER);
        int port = fields.integer("port").orElse(SSH_PORT);
        String key = fields.required("key_file");
        String hosts = fields.required("known_hosts");
        boolean sudo = fields.flag("sudo", false);
        return verb(texts, SystemdAction.Verb.values())
                .flatMap(verb -> valid(
                        fields.node(),
                        () -> new SystemdAction(
                                verb, texts.required(key(verb), Shape.UNIT), host, port, user, key, hosts, sudo)));
    }

    private Optional<Action> webhook(Texts texts) {
        Fields fields = texts.fields();
        Template url = texts.required("post", Shape.URL);
        Template body = texts.optional("body").orElse(new Template("{}"));
        Optional<Template> state = texts.optional("state");
        state.ifPresent(where -> texts.shaped("state", where, Shape.URL));
        Map<String, Template> shows = new LinkedHashMap<>();
        fields.map("shows").forEach((pointer, value) -> {
            if (!pointer.startsWith("/")) {
                problems.at(
                        fields.where("shows"),
                        "shows: expected a JSON Pointer such as /enabled, found \"" + pointer + "\"");
            }
            shows.put(pointer, texts.checked("shows", value));
        });
        Optional<String> secret = fields.text("secret_file");
        Optional<String> authorization = fields.text("authorization_file");
        return valid(fields.node(), () -> new WebhookAction(url, body, secret, authorization, state, shows));
    }

    private Optional<Action> kubernetes(Texts texts) {
        Fields fields = texts.fields();
        OptionalInt replicas = number(texts, "replicas");
        boolean deleteEmptyDirData = fields.flag("delete_emptydir_data", false);
        Optional<String> kubeconfig = fields.text("kubeconfig");
        Optional<Template> namespace = texts.optional("namespace");
        return verb(texts, KubernetesAction.Verb.values()).flatMap(verb -> {
            String[] object = fields.required(key(verb)).split("/", 2);
            if (object.length < 2) {
                problems.at(fields.where(key(verb)), key(verb) + ": expected kind/name such as deployment/shop");
                return Optional.empty();
            }
            Optional<Kind> kind = fields.oneOf(key(verb), object[0], Kind.values());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            Template name = texts.checked(key(verb), object[1]);
            texts.shaped(key(verb), name, Shape.KUBERNETES_NAME);
            Template in = kind.get() == Kind.NODE
                    ? new Template("")
                    : namespace.orElseGet(() -> texts.required("namespace", Shape.KUBERNETES_NAME));
            return valid(
                    fields.where(key(verb)),
                    () -> new KubernetesAction(verb, kind.get(), name, in, replicas, deleteEmptyDirData, kubeconfig));
        });
    }

    private Optional<Action> kafka(Texts texts) {
        Template topic = texts.required("send", Shape.TOPIC);
        Template key = texts.optional("key").orElse(new Template("{{target.name}}"));
        Template value = texts.required("value");
        Template at = texts.required("at", Shape.BOOTSTRAP);
        Optional<String> client = texts.fields().text("client_file");
        return valid(texts.fields().node(), () -> new KafkaAction(topic, key, value, at, client));
    }

    private Endpoint endpoint(Texts texts) {
        Template at = texts.required("at", Shape.HTTP_ENDPOINT);
        Optional<String> username = texts.fields().text("username");
        Optional<String> password = texts.fields().text("password_file");
        return valid(texts.fields().node(), () -> new Endpoint(at, username, password))
                .orElse(new Endpoint(at, Optional.empty(), Optional.empty()));
    }

    private static OptionalInt number(Texts texts, String key) {
        return texts.fields().integer(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** The one verb that is given. */
    private <V extends Enum<V>> Optional<V> verb(Texts texts, V[] verbs) {
        List<V> given = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (V verb : verbs) {
            names.add(key(verb));
            if (texts.fields().child(key(verb)).isPresent()) {
                given.add(verb);
            }
        }
        if (given.size() != 1) {
            problems.at(
                    texts.fields().node(), "expected one of " + String.join(", ", names) + ", with what it is done to");
            return Optional.empty();
        }
        return Optional.of(given.getFirst());
    }

    private static String key(Enum<?> verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private <T> Optional<T> valid(Node node, Supplier<? extends T> value) {
        return problems.valid(node, value);
    }
}
