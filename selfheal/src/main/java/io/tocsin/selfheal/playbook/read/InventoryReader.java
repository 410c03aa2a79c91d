package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Inventory.Maintenance;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one {@code targets/*.yaml} file. */
public final class InventoryReader {

    private final Problems problems;
    private final Set<String> names = new HashSet<>();

    private InventoryReader(String file) {
        this.problems = new Problems(file);
    }

    /**
     * Reads a file.
     *
     * @param file its name, for messages
     * @param text its content
     */
    public static Reading<Inventory> read(String file, String text) {
        InventoryReader reader = new InventoryReader(file);
        Inventory inventory = Documents.compose(file, text, reader.problems)
                .map(reader::inventory)
                .orElse(Inventory.EMPTY);
        return new Reading<>(inventory, reader.problems.sorted());
    }

    private Inventory inventory(Node root) {
        Fields fields = new Fields(root, "targets", problems);
        List<Target> targets = new ArrayList<>();
        for (Node node : fields.children("targets")) {
            target(node).ifPresent(targets::add);
        }
        List<Maintenance> windows = new ArrayList<>();
        for (Node node : fields.children("maintenance")) {
            maintenance(node).ifPresent(windows::add);
        }
        fields.close();
        return new Inventory(targets, windows);
    }

    private Optional<Target> target(Node node) {
        int before = problems.count();
        Fields fields = new Fields(node, "a target", problems);
        String name = fields.required("name");
        String service = fields.text("service").orElse(name);
        Target target = new Target(
                name.isEmpty() ? "?" : name,
                fields.text("element").filter(text -> !text.isEmpty()).orElse(service.isEmpty() ? "?" : service),
                service.isEmpty() ? "?" : service,
                fields.text("domain").orElse(""),
                fields.flag("protected", false),
                fields.flag("stateful", false),
                fields.text("probe").map(Template::new),
                fields.map("variables"));
        fields.close();
        if (!names.add(target.name())) {
            problems.at(fields.where("name"), "target \"" + name + "\" is there already");
        }
        checkVariables(fields, target);
        return problems.count() == before ? Optional.of(target) : Optional.empty();
    }

    private void checkVariables(Fields fields, Target target) {
        for (String reserved : List.of("name", "element", "service", "domain")) {
            if (target.variables().containsKey(reserved)) {
                problems.at(fields.where("variables"), "variables: \"" + reserved + "\" is a key of the target itself");
            }
        }
        Map<String, String> values = target.values();
        target.probe().ifPresent(probe -> {
            for (String unknown : probe.foreign()) {
                problems.at(fields.where("probe"), Problems.unknown("placeholder", unknown, prefixed(values.keySet())));
            }
            probe.names().stream()
                    .filter(name ->
                            !values.containsKey(name) && !probe.foreign().contains(name))
                    .forEach(name ->
                            problems.at(fields.where("probe"), Problems.unknown("placeholder", name, values.keySet())));
        });
    }

    static List<String> prefixed(Set<String> names) {
        return names.stream().map(name -> "target." + name).toList();
    }

    private Optional<Maintenance> maintenance(Node node) {
        int before = problems.count();
        Fields fields = new Fields(node, "a maintenance window", problems);
        String service = fields.required("service");
        fields.required("from");
        fields.required("until");
        Optional<Instant> from = fields.instant("from");
        Optional<Instant> until = fields.instant("until");
        fields.close();
        if (problems.count() > before || from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(until.get())) {
            problems.at(fields.where("until"), "until: maintenance ends after it begins");
            return Optional.empty();
        }
        return Optional.of(new Maintenance(service, from.get(), until.get()));
    }
}
