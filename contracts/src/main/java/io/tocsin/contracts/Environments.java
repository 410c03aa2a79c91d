package io.tocsin.contracts;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition an environment's alerts, topology, incidents and remediations live on. */
public final class Environments {

    /** The environment of telemetry that names none. */
    public static final String DEFAULT = "default";

    /** The label that names the environment of a series and of its alerts. */
    public static final String LABEL = "deployment_environment_name";

    private Environments() {}

    /** The record key of an environment. */
    public static byte[] key(String environment) {
        return environment.getBytes(StandardCharsets.UTF_8);
    }

    /** The partition of an environment: Kafka's default hash, so that any producer of the same key agrees. */
    public static int partition(String environment, int partitions) {
        return Utils.toPositive(Utils.murmur2(key(environment))) % partitions;
    }
}
