package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.diagnose.Silences;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.playbook.Inventory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The questions that all decisions of one round share: each is put at most once, and only when a decision needs it. */
final class Round {

    private final Diagnosis diagnosis;
    private final Inventory inventory;
    private @Nullable Fleet fleet;
    private @Nullable Silences silences;
    private @Nullable Pipeline pipeline;

    Round(Diagnosis diagnosis, Inventory inventory) {
        this.diagnosis = diagnosis;
        this.inventory = inventory;
    }

    Fleet fleet() throws InterruptedException {
        Fleet known = fleet == null ? diagnosis.survey(inventory) : fleet;
        fleet = known;
        return known;
    }

    Silence silence(String fingerprint) throws InterruptedException {
        Silences known = silences == null ? diagnosis.silences() : silences;
        silences = known;
        return known.over(fingerprint);
    }

    Optional<String> pipelineProblem() throws InterruptedException {
        Pipeline known = pipeline == null ? new Pipeline(diagnosis.pipelineProblem()) : pipeline;
        pipeline = known;
        return known.problem();
    }

    private record Pipeline(Optional<String> problem) {}
}
