package io.tocsin.rulesengine.converge.stage;

import io.tocsin.contracts.v1.DeadLetter;
import io.tocsin.contracts.v1.IncidentSnapshot;

/** What convergence says. */
sealed interface ConvergeOutput {

    /** An incident as it is now. */
    record Told(IncidentSnapshot incident) implements ConvergeOutput {}

    /** A record that could not be processed. */
    record Dead(DeadLetter letter) implements ConvergeOutput {}
}
