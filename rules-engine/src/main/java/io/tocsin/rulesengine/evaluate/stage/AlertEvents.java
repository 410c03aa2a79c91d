package io.tocsin.rulesengine.evaluate.stage;

import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.TickDone;
import io.tocsin.contracts.v1.TransitionReason;
import io.tocsin.rulesengine.alert.AlertInstance;
import io.tocsin.rulesengine.alert.Transition;
import io.tocsin.rulesengine.evaluate.AssembledTick;
import io.tocsin.rulesengine.evaluate.Notice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What evaluation says, as the contract writes it. Nothing here depends on when or where it runs, so that the same log
 * gives the same bytes.
 *
 * @param externalUrl where people reach this engine
 */
record AlertEvents(String externalUrl) {

    /** The source of alerts that come from rules. */
    static final String SOURCE = "tocsin";

    AlertEvent transition(Notice notice) {
        Transition change = notice.transition();
        AlertInstance after = change.after();
        return AlertEvent.newBuilder()
                .setTransition(AlertTransition.newBuilder()
                        .setId(change.id())
                        .setFingerprint(after.fingerprint())
                        .setEnvironment(notice.environment())
                        .setRule(notice.rule())
                        .setGroup(notice.group())
                        .putAllLabels(after.labels())
                        .putAllAnnotations(notice.annotations())
                        .setFrom(AlertState.valueOf(change.from().name()))
                        .setTo(AlertState.valueOf(change.to().name()))
                        .setReason(TransitionReason.valueOf(change.reason().name()))
                        .setAtMs(change.atMs())
                        .setActiveSinceMs(after.activeSinceMs())
                        .setFiredAtMs(after.firedAtMs())
                        .setValue(after.value())
                        .setQuality(quality(notice))
                        .setSource(SOURCE)
                        .setExpr(notice.expr())
                        .setGeneratorUrl(generatorUrl(notice.expr())))
                .build();
    }

    private static DataQuality quality(Notice notice) {
        return DataQuality.newBuilder()
                .setCompleteness(notice.complete() ? Completeness.COMPLETE : Completeness.INCOMPLETE)
                .setShardsReported(notice.reported())
                .setShardsExpected(notice.expected())
                .setNewestSampleAgeMs(notice.newestAgeMs())
                .build();
    }

    /** As Prometheus links to the expression of a rule. */
    private String generatorUrl(String expr) {
        return expr.isEmpty()
                ? externalUrl
                : externalUrl + "/graph?g0.expr=" + URLEncoder.encode(expr, StandardCharsets.UTF_8) + "&g0.tab=1";
    }

    static AlertEvent done(AssembledTick tick, int partition) {
        return AlertEvent.newBuilder()
                .setTickDone(TickDone.newBuilder()
                        .setTickMs(tick.tickMs())
                        .setEvaluatePartition(partition)
                        .setComplete(tick.complete())
                        .addAllExcludedShards(tick.excluded()))
                .build();
    }
}
