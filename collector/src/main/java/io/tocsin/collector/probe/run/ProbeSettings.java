package io.tocsin.collector.probe.run;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of probes; without a file there are none.
 *
 * @param file probes.yaml
 * @param concurrency most runs at a time
 * @param reload how often the file is looked at
 */
@ConfigurationProperties("tocsin.collector.probes")
record ProbeSettings(
        Path file,
        @Bindable(defaultValue = "64") int concurrency,
        @Bindable(defaultValue = "2s") Duration reload) {

    ProbeSettings {
        if (concurrency < 1 || reload.isZero() || reload.isNegative()) {
            throw new IllegalArgumentException("concurrency and reload must be positive");
        }
    }
}
