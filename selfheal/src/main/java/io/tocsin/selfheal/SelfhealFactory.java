package io.tocsin.selfheal;

import io.micronaut.context.annotation.Factory;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import jakarta.inject.Singleton;

/** Builds what the healer and the API share. */
@Factory
final class SelfhealFactory {

    @Singleton
    PlanFiles planFiles(SelfhealSettings settings) {
        PlanFiles files = new PlanFiles(settings.playbooksDir(), settings.targetsDir(), settings.limitsFile());
        files.refresh();
        return files;
    }
}
