package io.tocsin.rulesengine.evaluate.stage;

import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.PartialBatch;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.Commits;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.Stalls;
import io.tocsin.rulesengine.evaluate.AssembledTick;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.evaluate.Memory;
import io.tocsin.rulesengine.evaluate.Outcome;
import io.tocsin.rulesengine.evaluate.ShardReport;
import io.tocsin.rulesengine.evaluate.TickAssembly;
import io.tocsin.rulesengine.evaluate.TickEvaluator;
import io.tocsin.rulesengine.rules.compile.CompiledRules;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.rules.template.QueryFunction;
import io.tocsin.rulesengine.rules.template.TemplateContext;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.store.SampleStore;
import java.net.URI;
import java.time.Duration;
import java.util.SortedSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One evaluate partition: a tick is evaluated when every shard has reported it, its transitions and then "the tick is
 * done" go to all who listen. What a report changed is in the logged stores before {@link #process} returns.
 */
final class EvaluateProcessor implements Processor<String, PartialBatch, String, AlertEvent> {

    private static final Duration RULES_PATIENCE = Duration.ofSeconds(30);

    private final RulesEngineConfig config;
    private final EngineRules rules;
    private final EngineView view;
    private final LocalShards shards;
    private final EvaluateMeters meters;
    private final AlertEvents events;

    // Set by init.
    private ProcessorContext<String, AlertEvent> context;
    private int partition;
    private EvaluateStores stores;
    private TickAssembly assembly;
    private TickEvaluator evaluator;
    private LocalShards.Shard recorded;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    EvaluateProcessor(
            RulesEngineConfig config, EngineRules rules, EngineView view, LocalShards shards, EvaluateMeters meters) {
        this.config = config;
        this.rules = rules;
        this.view = view;
        this.shards = shards;
        this.meters = meters;
        this.events = new AlertEvents(config.externalUrl());
    }

    @Override
    public void init(ProcessorContext<String, AlertEvent> streams) {
        context = streams;
        partition = streams.taskId().partition();
        stores = new EvaluateStores(streams);
        assembly = new TickAssembly(config.shards(), config.replay().of(partition));
        stores.restore(assembly);
        recorded = new LocalShards.Shard("recorded/" + partition, new SampleStore(config.storeLimits()));
        Memory memory = new Memory(stores, config.storeLimits().retentionMs(), recorded.store());
        stores.restore(memory);
        shards.opened(recorded);
        evaluator = new TickEvaluator(settings(), config.ruleEngine(), memory);
        if (!config.replay().isOne()) {
            Stalls.watch(context, "evaluate partition " + partition, assembly::marks, this::exclude);
        }
    }

    /** Which shards a tick went on without is in the log: every tick names them when it is done. */
    private void exclude(SortedSet<String> stalled) {
        assembly.exclude(stalled).forEach(this::evaluate);
        stores.position(assembly.position());
    }

    private TickEvaluator.Settings settings() {
        TemplateContext bare = TemplateContext.BARE;
        return new TickEvaluator.Settings(
                partition,
                config.evaluatePartitions(),
                config.storeLimits().lookbackMs(),
                new TemplateContext(QueryFunction.NONE, URI.create(config.externalUrl()), Labels.EMPTY, bare.limits()),
                System::nanoTime);
    }

    @Override
    public void process(Record<String, PartialBatch> record) {
        ShardReport report = Reports.of(record.value());
        // The shard may run elsewhere and have read newer rules than this instance.
        rules.awaitVersion(report.ruleVersion(), RULES_PATIENCE);
        if (!assembly.tooLate(report)) {
            stores.waits(record.value());
        }
        assembly.offer(report).forEach(this::evaluate);
        stores.position(assembly.position());
    }

    private void evaluate(AssembledTick tick) {
        stores.assembled(tick);
        CompiledRules inForce = rules.at(tick.tickMs());
        Outcome outcome = evaluator.evaluate(tick, inForce);
        outcome.notices()
                .forEach(notice ->
                        context.forward(new Record<>(notice.environment(), events.transition(notice), tick.tickMs())));
        context.forward(new Record<>(EvaluateStage.EVERYWHERE, AlertEvents.done(tick, partition), tick.tickMs()));
        view.publish(partition, evaluator.view(tick.tickMs(), inForce));
        meters.evaluated(partition, outcome);
        Commits.promptly(context, tick.tickMs());
    }

    @Override
    public void close() {
        view.retract(partition);
        if (recorded != null) {
            shards.closed(recorded);
        }
    }
}
