package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the operator's {@code limits}: what a key does not say stays as it is by default. */
public final class OperatorLimitsReader {

    private final Problems problems;

    private OperatorLimitsReader(String file) {
        this.problems = new Problems(file);
    }

    /**
     * Reads a file; with any problem in it the default limits are given.
     *
     * @param file its name, for messages
     * @param text its content
     */
    public static Reading<Limits> read(String file, String text) {
        OperatorLimitsReader reader = new OperatorLimitsReader(file);
        Limits limits = Documents.compose(file, text, reader.problems)
                .flatMap(reader::document)
                .orElse(Limits.DEFAULT);
        return new Reading<>(limits, reader.problems.sorted());
    }

    private Optional<Limits> document(Node root) {
        Fields fields = new Fields(root, "a document with limits", problems);
        Optional<Node> limits = fields.child("limits");
        fields.close();
        return limits.flatMap(this::limits);
    }

    private Optional<Limits> limits(Node node) {
        Limits otherwise = Limits.DEFAULT;
        Fields fields = new Fields(node, "limits", problems);
        int restarts = fields.integer("restarts_per_hour").orElse(otherwise.restartsPerHour());
        List<Duration> backoff = backoff(fields);
        int failures = fields.integer("failures_before_break").orElse(otherwise.failuresBeforeBreak());
        double hourly = fields.fraction("hourly_fraction").orElse(otherwise.hourlyFraction());
        int floor = fields.integer("hourly_floor").orElse(otherwise.hourlyFloor());
        double healthy = fields.fraction("healthy_fraction").orElse(otherwise.healthyFraction());
        Duration grace = fields.duration("deploy_grace").orElse(otherwise.deployGrace());
        Duration sample = fields.duration("newest_sample").orElse(otherwise.newestSample());
        Duration alert = fields.duration("oldest_alert").orElse(otherwise.oldestAlert());
        Duration wait = fields.duration("approval_wait").orElse(otherwise.approvalWait());
        int approvers = fields.integer("approvers").orElse(otherwise.approvers());
        fields.close();
        if (approvers < 1) {
            problems.at(fields.where("approvers"), "approvers: expected at least 1");
        }
        if (failures < 1) {
            problems.at(fields.where("failures_before_break"), "failures_before_break: expected at least 1");
        }
        return problems.count() > 0
                ? Optional.empty()
                : Optional.of(new Limits(
                        restarts, backoff, failures, hourly, floor, healthy, grace, sample, alert, wait, approvers));
    }

    private List<Duration> backoff(Fields fields) {
        List<Duration> waits = fields.durations("backoff");
        if (fields.has("backoff") && waits.isEmpty()) {
            problems.at(fields.where("backoff"), "backoff: expected at least one duration such as 1m");
        }
        if (!waits.equals(waits.stream().sorted().toList())) {
            problems.at(fields.where("backoff"), "backoff: expected durations that do not get shorter");
        }
        return waits.isEmpty() ? Limits.DEFAULT.backoff() : waits;
    }
}
