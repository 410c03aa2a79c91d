package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.guardrail.Reason;
import io.tocsin.selfheal.trial.Trial;
import io.tocsin.selfheal.trial.Trial.Change;
import io.tocsin.selfheal.trial.Trial.Expected;
import io.tocsin.selfheal.trial.Trial.Verdict;
import io.tocsin.selfheal.trial.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a file of unit tests of playbooks. */
public final class TrialReader {

    private static final Trial.Suite NOTHING =
            new Trial.Suite(new Trial.Files(List.of(), List.of(), Optional.empty()), List.of());

    private final Problems problems;

    private TrialReader(String file) {
        this.problems = new Problems(file);
    }

    /**
     * Reads a file. A test that has a problem is left out.
     *
     * @param file its name, for messages
     * @param text its content
     */
    public static Reading<Trial.Suite> read(String file, String text) {
        TrialReader reader = new TrialReader(file);
        Trial.Suite suite = Documents.compose(file, text, reader.problems)
                .map(reader::suite)
                .orElse(NOTHING);
        return new Reading<>(suite, reader.problems.sorted());
    }

    private Trial.Suite suite(Node root) {
        Fields fields = new Fields(root, "tests of playbooks", problems);
        Trial.Files files =
                new Trial.Files(required(fields, "playbooks"), required(fields, "targets"), fields.text("limits"));
        List<Trial> trials = new ArrayList<>();
        for (Node node : fields.children("tests")) {
            trial(node).ifPresent(trials::add);
        }
        fields.close();
        return new Trial.Suite(files, trials);
    }

    private List<String> required(Fields fields, String key) {
        if (!fields.has(key)) {
            fields.required(key);
        }
        return fields.texts(key);
    }

    private Optional<Trial> trial(Node node) {
        int before = problems.count();
        Fields fields = new Fields(node, "a test", problems);
        String name = fields.required("name");
        WorldReader worlds = new WorldReader(problems);
        if (!fields.has("incident")) {
            fields.required("incident");
        }
        World start = worlds.start(fields);
        List<Change> changes = new ArrayList<>();
        World latest = start;
        for (Node each : fields.children("changes")) {
            Fields change = new Fields(each, "a change", problems);
            Duration at = change.duration("at").orElse(Duration.ZERO);
            if (!changes.isEmpty() && changes.getLast().at().compareTo(at) > 0) {
                problems.at(change.where("at"), "at: expected changes in the order of their time");
            }
            latest = worlds.changed(latest, change);
            change.close();
            changes.add(new Change(at, latest));
        }
        List<Expected> expected = new ArrayList<>();
        for (Node each : fields.children("expect")) {
            expected(each).ifPresent(expected::add);
        }
        fields.close();
        if (expected.isEmpty() && problems.count() == before) {
            problems.at(fields.where("expect"), "\"expect\" needs at least one decision");
        }
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Trial(name, line(node), start, changes, sorted(expected)));
    }

    private static List<Expected> sorted(List<Expected> expected) {
        return expected.stream().sorted(Comparator.comparing(Expected::at)).toList();
    }

    private Optional<Expected> expected(Node node) {
        int before = problems.count();
        Fields fields = new Fields(node, "an expected decision", problems);
        Duration at = fields.duration("at").orElse(Duration.ZERO);
        if (!fields.has("decision")) {
            fields.required("decision");
        }
        Optional<Verdict> verdict = fields.oneOf("decision", Verdict.values());
        Optional<Reason> reason = reason(fields);
        Optional<List<String>> steps = fields.has("steps") ? Optional.of(fields.texts("steps")) : Optional.empty();
        Optional<String> target = fields.text("target");
        Optional<String> playbook = fields.text("playbook");
        fields.close();
        if (reason.isPresent() && verdict.filter(Trial.WITH_REASON::contains).isEmpty()) {
            problems.at(fields.where("reason"), "reason: only wait and refuse have one");
        }
        return problems.count() > before
                ? Optional.empty()
                : verdict.map(is -> new Expected(at, line(node), target, is, reason, playbook, steps));
    }

    private Optional<Reason> reason(Fields fields) {
        Optional<String> text = fields.text("reason");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            if (reason.name().equals(text.get())) {
                return Optional.of(reason);
            }
            names.add(reason.name());
        }
        problems.at(fields.where("reason"), Problems.unknown("reason", text.get(), names));
        return Optional.empty();
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
