package io.tocsin.selfheal.heal;

import io.tocsin.selfheal.diagnose.Diagnosis;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Questions;
import io.tocsin.selfheal.guardrail.Situation;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.playbook.Inventory;
import java.util.Optional;
import java.util.function.Function;

/** The questions of a decision, put by {@link Diagnosis}. */
record World(Diagnosis diagnosis, Inventory inventory) implements Questions<InterruptedException> {

    @Override
    public Fleet fleet() throws InterruptedException {
        return diagnosis.survey(inventory);
    }

    @Override
    public Function<String, Silence> silences() throws InterruptedException {
        return diagnosis.silences()::over;
    }

    @Override
    public Optional<String> pipelineProblem() throws InterruptedException {
        return diagnosis.pipelineProblem();
    }

    @Override
    public Confirmation confirm(Situation situation) throws InterruptedException {
        return diagnosis.confirm(situation.playbook().diagnose(), situation.target());
    }
}
