package io.tocsin.rulesengine.evaluate.stage;

import io.tocsin.contracts.v1.LeafPartial;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.contracts.v1.RulePartial;
import io.tocsin.contracts.v1.TargetSilence;
import io.tocsin.rulesengine.evaluate.ShardReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What shards send, as evaluation sees it. */
final class Reports {

    private Reports() {}

    static ShardReport of(PartialBatch batch) {
        Map<String, ShardReport.Part> rules = new HashMap<>();
        for (RulePartial rule : batch.getRulesList()) {
            rules.put(ShardReport.key(rule.getRule(), rule.getExpression()), part(rule));
        }
        return new ShardReport(
                batch.getShard(),
                batch.getTickMs(),
                batch.getRuleVersion(),
                evidence(batch),
                rules,
                silences(batch.getSilentList()),
                silences(batch.getBlindList()),
                batch.getBlindEndMs());
    }

    private static ShardReport.Part part(RulePartial rule) {
        Map<Integer, byte[]> leaves = new HashMap<>();
        for (LeafPartial leaf : rule.getLeavesList()) {
            leaves.put(leaf.getLeaf(), leaf.getData().toByteArray());
        }
        return new ShardReport.Part(leaves, rule.getError(), rule.getNewestSampleMs());
    }

    private static ShardReport.Evidence evidence(PartialBatch batch) {
        return switch (batch.getCompleteness()) {
            case COMPLETE -> ShardReport.Evidence.COMPLETE;
            case BLIND -> ShardReport.Evidence.BLIND;
            // What a newer shard may say beyond this proves nothing here.
            case INCOMPLETE, COMPLETENESS_UNSPECIFIED, UNRECOGNIZED -> ShardReport.Evidence.INCOMPLETE;
        };
    }

    private static List<ShardReport.Silence> silences(List<TargetSilence> targets) {
        return targets.stream()
                .map(target -> new ShardReport.Silence(
                        target.getJob(), target.getInstance(), target.getLastArrivalMs(), target.getCadenceMs()))
                .toList();
    }
}
