package io.tocsin.rulesengine.tick;

/**
 * Whether what senders sent has arrived, as far as the doors know.
 *
 * @param complete every known door reported, accepts, and holds nothing back
 * @param reason what is missing, in words; empty when complete
 */
public record DoorEvidence(boolean complete, String reason) {

    public static final DoorEvidence COMPLETE = new DoorEvidence(true, "");

    /** Not proven, for this reason. */
    public static DoorEvidence incomplete(String reason) {
        return new DoorEvidence(false, reason);
    }
}
