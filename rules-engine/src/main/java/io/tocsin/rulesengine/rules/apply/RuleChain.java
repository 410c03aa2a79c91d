package io.tocsin.rulesengine.rules.apply;

import io.tocsin.contracts.v1.RuleSetVersion;

/**
 * Which versions count, read in the order of the log: one that was made on top of another than the newest was overtaken by
 * somebody else's, would undo it, and counts for nothing. So whoever publishes needs no lock, and sees whether to try again.
 */
public final class RuleChain {

    private String newest = "";

    /** Takes the next version of the log; returns whether it counts. */
    public boolean accepts(RuleSetVersion version) {
        // Versions from before chains name no base.
        boolean counts = !version.hasBase() || version.getBase().equals(newest);
        if (counts) {
            newest = version.getVersion();
        }
        return counts;
    }
}
