package io.tocsin.selfheal.playbook.files;

import io.tocsin.selfheal.playbook.read.Problem;
import io.tocsin.selfheal.playbook.read.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plan in force: read again when a file changed; with a problem in any file, the one before stays. */
public final class PlanFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);

    private final Path playbooks;
    private final Path targets;
    private final Path limits;
    private volatile Plan plan = Plan.EMPTY;
    private volatile List<Problem> problems = List.of();
    private SortedMap<String, String> seen = new TreeMap<>();

    /**
     * @param playbooks directory of playbooks
     * @param targets directory of the inventory
     * @param limits file of the operator's limits; where there is none, the defaults hold
     */
    public PlanFiles(Path playbooks, Path targets, Path limits) {
        this.playbooks = playbooks;
        this.targets = targets;
        this.limits = limits;
    }

    /** Looks at the files; cheap when nothing changed. */
    public synchronized void refresh() {
        SortedMap<String, String> targetTexts;
        SortedMap<String, String> playbookTexts;
        SortedMap<String, String> limitTexts = new TreeMap<>();
        try {
            targetTexts = texts(targets);
            playbookTexts = texts(playbooks);
            if (Files.exists(limits)) {
                limitTexts.put(limits.toString(), Files.readString(limits));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("playbooks and targets cannot be read, what is in force stays: {}", e.toString());
            return;
        }
        SortedMap<String, String> all = new TreeMap<>(targetTexts);
        all.putAll(playbookTexts);
        all.putAll(limitTexts);
        if (all.equals(seen)) {
            return;
        }
        seen = all;
        Reading<Plan> reading = PlanReader.read(targetTexts, playbookTexts, limitTexts);
        problems = reading.problems();
        if (problems.isEmpty()) {
            plan = reading.value();
            LOG.info(
                    "{} playbooks, {} targets",
                    plan.playbooks().size(),
                    plan.inventory().targets().size());
        } else {
            LOG.error("playbooks are refused, what is in force stays:\n{}", String.join("\n", said(problems)));
        }
    }

    private static List<String> said(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static SortedMap<String, String> texts(Path directory) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return texts;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(PlanFiles::isYaml).sorted().toList()) {
                texts.put(file.toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }

    /** What is in force. */
    public Plan plan() {
        return plan;
    }

    /** What is wrong with the files as they are now; empty when they are in force. */
    public List<Problem> problems() {
        return problems;
    }
}
