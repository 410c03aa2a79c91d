package io.tocsin.standalone.rehearse;

import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.notifier.external.ExternalAlert;
import io.tocsin.notifier.external.ExternalAlert.Step;
import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.intake.AlertPublisher;
import io.tocsin.notifier.intake.IncidentMapping;
import io.tocsin.notifier.rehearse.Rehearsal;
import io.tocsin.notifier.rehearse.Rehearsal.Decision;
import io.tocsin.notifier.route.Routing;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.stage.RehearsedConvergence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * From an alert to what would be told of it, in memory: convergence, then routes, groups, holds and decisions, each by
 * the code that a running instance decides with. Time is what the caller says and only goes forward; convergence has a
 * tick a second, and one at each change. Not for several threads.
 */
public final class AlertPipeline {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final RehearsedConvergence convergence;
    private final Rehearsal notifier;
    private final Map<String, ExternalAlert> posted = new TreeMap<>();
    private final Consumer<IncidentSnapshot> heard;
    private Instant now;
    private Instant nextTick;

    /** A pipeline with the usual convergence, that knows of nothing yet. */
    public AlertPipeline(Routing routing, Instant start) {
        this(routing, ConvergePolicy.DEFAULT, start, _ -> {});
    }

    /**
     * A pipeline that knows of nothing yet.
     *
     * @param routing the configuration
     * @param policy how alerts become incidents
     * @param start the time before everything
     * @param heard is given every incident as it changes
     */
    public AlertPipeline(Routing routing, ConvergePolicy policy, Instant start, Consumer<IncidentSnapshot> heard) {
        this.convergence = new RehearsedConvergence(policy);
        this.notifier = new Rehearsal(routing);
        this.now = start;
        this.nextTick = start.plus(TICK);
        this.heard = heard;
    }

    /** The notifier, to be given silences and asked what it knows. */
    public Rehearsal notifier() {
        return notifier;
    }

    /** Takes a posted alert in, at the present time. */
    public void post(Posted post, String source) {
        Optional<Step> step = ExternalAlert.next(posted.get(post.fingerprint()), post, source, now);
        step.ifPresent(taken -> posted.put(post.fingerprint(), taken.alert()));
        step.filter(Step::told).ifPresent(taken -> tell(List.of(AlertPublisher.transition(taken.alert()))));
    }

    /** Takes changes of alerts in, at the present time. */
    public void tell(List<AlertTransition> transitions) {
        for (IncidentSnapshot snapshot : convergence.tick(transitions, now.toEpochMilli())) {
            heard.accept(snapshot);
            notifier.hear(IncidentMapping.incident(snapshot), now);
        }
    }

    /** Goes on in time; what is decided on the way, in the order of time. */
    public List<Decision> until(Instant time) {
        List<Decision> decisions = new ArrayList<>();
        Instant next = next(time);
        while (next.isBefore(time)) {
            decisions.addAll(step(next));
            next = next(time);
        }
        decisions.addAll(step(time));
        return decisions;
    }

    private Instant next(Instant limit) {
        return Stream.of(Optional.of(nextTick), notifier.nextFlush(), nextEnd(), Optional.of(limit))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(limit);
    }

    private Optional<Instant> nextEnd() {
        return posted.values().stream()
                .filter(ExternalAlert::burning)
                .map(alert -> alert.posted().endsAt())
                .min(Comparator.naturalOrder());
    }

    private List<Decision> step(Instant time) {
        now = time.isAfter(now) ? time : now;
        List<AlertTransition> over = new ArrayList<>();
        for (ExternalAlert alert : List.copyOf(posted.values())) {
            alert.lapsed(now).ifPresent(ended -> {
                posted.put(ended.fingerprint(), ended);
                over.add(AlertPublisher.transition(ended));
            });
        }
        if (!over.isEmpty() || !nextTick.isAfter(now)) {
            tell(over);
            nextTick = now.plus(TICK);
        }
        return notifier.flushUntil(now);
    }
}
