package io.tocsin.selfheal;

import io.micronaut.context.annotation.Factory;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import jakarta.inject.Singleton;

/** Builds what the healer and the API share. */
@Factory
final class SelfhealFactory {

    @Singleton
    PlanFiles planFiles(SelfhealSettings settings, PrometheusRegistry registry) {
        PlanFiles files = new PlanFiles(settings.playbooksDir(), settings.targetsDir(), settings.limitsFile());
        files.refresh();
        GaugeWithCallback.builder()
                .name("tocsin_selfheal_file_problems")
                .help(
                        "Problems of the playbook and target files as they are now; with any, what was in force before stays")
                .callback(gauge -> gauge.call(files.problems().size()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("tocsin_selfheal_playbooks")
                .help("Playbooks in force")
                .callback(gauge -> gauge.call(files.plan().playbooks().size()))
                .register(registry);
        return files;
    }
}
