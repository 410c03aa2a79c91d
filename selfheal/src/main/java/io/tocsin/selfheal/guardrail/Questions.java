package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a decision asks of the world.
 *
 * @param <X> what asking can end with
 */
public interface Questions<X extends Exception> {

    /** How all targets are. */
    Fleet fleet() throws X;

    /** What is known of silences, by an alert's fingerprint. */
    Function<String, Silence> silences() throws X;

    /** What is wrong with Tocsin's own pipeline; empty when nothing is. */
    Optional<String> pipelineProblem() throws X;

    /** What the diagnosis of the situation's playbook finds at its target. */
    Confirmation confirm(Situation situation) throws X;
}
