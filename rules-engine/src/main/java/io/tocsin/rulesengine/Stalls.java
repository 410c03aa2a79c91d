package io.tocsin.rulesengine;

import io.tocsin.rulesengine.state.StallWatch;
import io.tocsin.rulesengine.state.Watermarks;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second of the machine's time whether a source of a processor holds all others up. */
public final class Stalls {

    private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private Stalls() {}

    /**
     * Begins to look.
     *
     * @param who goes on without the source, for the log
     * @param marks how far the sources are
     * @param without goes on without these sources
     */
    public static void watch(
            ProcessorContext<?, ?> context,
            String who,
            Supplier<Watermarks> marks,
            Consumer<SortedSet<String>> without) {
        StallWatch watch = new StallWatch(StallWatch.PATIENCE_MS);
        var _ = context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> {
            SortedSet<String> stalled = watch.stalled(marks.get(), nowMs);
            if (!stalled.isEmpty()) {
                LOG.warn("{} goes on without {}", who, stalled);
                without.accept(stalled);
            }
        });
    }
}
