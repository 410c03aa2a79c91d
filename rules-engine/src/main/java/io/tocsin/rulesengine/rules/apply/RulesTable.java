package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.ProtoSerde;
import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.rules.compile.RuleCompiler;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The global table of rule versions: every instance reads all of them before it evaluates anything. */
public final class RulesTable {

    private static final Logger LOG = LoggerFactory.getLogger(RulesTable.class);
    private static final String STORE = "rules";

    private RulesTable() {}

    /** Adds the table; what it reads is compiled into {@code rules}. */
    public static void add(StreamsBuilder builder, RuleCompiler compiler, EngineRules rules) {
        // In memory: so it is read from the topic at each start, and what is compiled from it as well.
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(STORE),
                                Serdes.String(),
                                new ProtoSerde<>(RuleSetVersion.parser()))
                        .withLoggingDisabled(),
                Topics.RULES.name(),
                Consumed.with(Serdes.String(), new ProtoSerde<>(RuleSetVersion.parser()))
                        .withName("rules"),
                () -> new Reader(compiler, rules));
    }

    private static final class Reader implements Processor<String, RuleSetVersion, Void, Void> {
        private final RuleCompiler compiler;
        private final EngineRules rules;
        private final RuleChain chain = new RuleChain();
        private ProcessorContext<Void, Void> context;
        private KeyValueStore<String, RuleSetVersion> store;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
        Reader(RuleCompiler compiler, EngineRules rules) {
            this.compiler = compiler;
            this.rules = rules;
        }

        @Override
        public void init(ProcessorContext<Void, Void> streams) {
            context = streams;
            store = streams.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, RuleSetVersion> record) {
            RuleSetVersion version = record.value();
            if (version != null && chain.accepts(version)) {
                store.put(record.key(), version);
                compile(version);
            }
            context.recordMetadata().ifPresent(origin -> rules.readUpTo(origin.offset() + 1));
        }

        private void compile(RuleSetVersion version) {
            try {
                rules.add(compiler.compile(
                        version.getVersion(), version.getEffectiveFromMs(), RuleVersions.texts(version)));
                LOG.info("read rules {}", version.getVersion());
            } catch (IllegalArgumentException e) {
                // Written by a version of Tocsin that knows more: the rules in force stay.
                LOG.error("rules of version {} cannot be used, the ones before stay", version.getVersion(), e);
                rules.unusable(version.getVersion());
            }
        }
    }
}
