package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Guard;
import io.tocsin.selfheal.guardrail.Situation;
import java.util.Optional;

/** The decisions that the simulation calls; a test replaces them by ones without a guard. */
interface Core {

    /** What product instances use. */
    Core REAL = new Core() {
        @Override
        public Optional<Decision> withoutAsking(Situation situation) {
            return Guard.objectionWithoutAsking(situation);
        }

        @Override
        public Optional<Decision> beforeConfirmation(Situation situation) {
            return Guard.objectionBeforeConfirmation(situation);
        }

        @Override
        public Decision decide(Situation situation) {
            return Guard.decide(situation);
        }
    };

    /** What objects without any question to the world. */
    Optional<Decision> withoutAsking(Situation situation);

    /** What makes a diagnosis needless. */
    Optional<Decision> beforeConfirmation(Situation situation);

    /** What all guards say. */
    Decision decide(Situation situation);
}
