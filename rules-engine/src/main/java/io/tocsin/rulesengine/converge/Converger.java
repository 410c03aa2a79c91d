package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.Step;
import java.util.List;

/** Takes what one environment was told since the last tick, and says which incidents changed by it. */
public record Converger(ConvergePolicy policy) {

    /**
     * One complete tick.
     *
     * @param facts what was told since the tick before, in the order it came; changes up to {@code tickMs} only
     * @return the state afterwards (the same object when nothing changed) and the incidents that changed
     */
    public Step<ConvergeState, Snapshot> next(ConvergeState state, List<Fact> facts, long tickMs) {
        Round round = new Round(state, policy, tickMs);
        boolean told = round.hear(facts);
        boolean settled = round.settle();
        boolean news = told || settled || round.hasRoom();
        if (!news && !round.waitsForQuiet()) {
            return Step.quiet(state);
        }
        if (news) {
            round.gather();
        }
        List<Snapshot> snapshots = round.tell();
        return new Step<>(round.state(), snapshots);
    }
}
