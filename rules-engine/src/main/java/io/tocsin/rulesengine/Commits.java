package io.tocsin.rulesengine;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/** When what a tick gave is committed: nobody downstream sees it before. */
public final class Commits {

    private static final long LIVE_MS = 5_000;

    private Commits() {}

    /**
     * Commits at once while the tick is of now. Whoever catches up with a log of the past commits at the interval instead:
     * a commit for each tick would make that take as long as the commits.
     */
    public static void promptly(ProcessorContext<?, ?> context, long tickMs) {
        if (context.currentSystemTimeMs() - tickMs < LIVE_MS) {
            context.commit();
        }
    }
}
