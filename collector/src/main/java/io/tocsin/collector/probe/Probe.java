package io.tocsin.collector.probe;

import io.tocsin.collector.discover.TargetSource;
import java.time.Duration;
import java.util.Optional;

/**
 * A check of some targets at an interval.
 *
 * @param name what its series carry as {@code job}
 * @param service the service that it looks at, when that is another name; series carry it as {@code service_name}
 * @param environment the deployment environment of its targets
 * @param timeout of one run; not longer than {@code every}
 * @param targets where to look, as they are written and as they are discovered
 */
public record Probe(
        String name,
        Optional<String> service,
        Optional<String> environment,
        Duration every,
        Duration timeout,
        Check check,
        TargetSource targets) {

    public Probe {
        if (every.isZero() || timeout.isZero() || timeout.compareTo(every) > 0) {
            throw new IllegalArgumentException("the timeout must be positive and not longer than the interval");
        }
    }
}
