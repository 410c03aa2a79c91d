package io.tocsin.rulesengine.shard;

import io.tocsin.contracts.TargetIdentity;
import io.tocsin.contracts.v1.HalfEdge;
import io.tocsin.contracts.v1.RunsOn;
import io.tocsin.rulesengine.store.SampleStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one kind of telemetry becomes samples. Used by the stream thread that owns the shard. */
interface Telemetry {

    /**
     * What one record says.
     *
     * @param target who sent it
     * @param environment where that runs
     * @param samples in the order of the record
     * @param edges sides of calls
     * @param placement where the target runs, when that is worth telling
     */
    record Reading(
            TargetIdentity target,
            String environment,
            List<SampleStore.Incoming> samples,
            List<HalfEdge> edges,
            Optional<RunsOn> placement) {}

    /**
     * Reads one record; a record without any resource gives nothing. Nothing is remembered of a record that is refused.
     *
     * @throws PoisonException when the record can never be processed
     */
    List<Reading> read(byte @Nullable [] key, byte[] value, long arrivalMs) throws PoisonException;

    /**
     * A record that lies in the partition of another target is refused: its samples would be split over two shards.
     */
    static void checkKey(TargetIdentity target, byte @Nullable [] key) throws PoisonException {
        if (!Arrays.equals(target.key(), key)) {
            throw new PoisonException(
                    PoisonException.Reason.KEY_MISMATCH, "the record's key is not that of its resource, " + target);
        }
    }

    /** The samples that come into being at a tick, without a record. */
    List<SampleStore.Incoming> sampleAt(long tickMs);
}
