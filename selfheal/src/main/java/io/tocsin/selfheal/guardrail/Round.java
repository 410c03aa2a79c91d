package io.tocsin.selfheal.guardrail;

import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The questions that the decisions of one round share. Each is put only when a decision needs it, and again when its answer
 * is older than {@link #KEPT}: a round with many slow diagnoses does not end on what it saw at its beginning.
 *
 * @param <X> what asking can end with
 */
public final class Round<X extends Exception> {

    /** How long an answer is good for. */
    public static final Duration KEPT = Duration.ofSeconds(5);

    private final Questions<X> questions;
    private final InstantSource clock;
    private final Function<Situation, Optional<Decision>> objection;
    private @Nullable Answer<Fleet> fleet;
    private @Nullable Answer<Function<String, Silence>> silences;
    private @Nullable Answer<Optional<String>> pipelineProblem;

    public Round(Questions<X> questions, InstantSource clock) {
        this(questions, clock, Guard::objectionBeforeConfirmation);
    }

    /** @param objection what makes a diagnosis needless */
    public Round(Questions<X> questions, InstantSource clock, Function<Situation, Optional<Decision>> objection) {
        this.questions = questions;
        this.clock = clock;
        this.objection = objection;
    }

    private record Answer<T>(T value, Instant asked) {}

    @FunctionalInterface
    private interface Question<T, X extends Exception> {
        T ask() throws X;
    }

    /** The situation with the world's answers; the diagnosis is made only when everything else lets the repair run. */
    public Situation asked(Situation unasked) throws X {
        Situation unconfirmed = unconfirmed(unasked, unasked.surroundings().confirmation());
        if (objection.apply(unconfirmed).isPresent()) {
            return unconfirmed;
        }
        Confirmation confirmation = questions.confirm(unconfirmed);
        // An asker that lost its own connection meanwhile would take that for a confirmation: the fleet tells them
        // apart.
        fleet = null;
        return unconfirmed(unasked, confirmation);
    }

    private Situation unconfirmed(Situation unasked, Confirmation confirmation) throws X {
        fleet = current(fleet, questions::fleet);
        pipelineProblem = current(pipelineProblem, questions::pipelineProblem);
        silences = current(silences, questions::silences);
        Surroundings surroundings = new Surroundings(
                unasked.surroundings().frozenBy(),
                unasked.surroundings().caughtUp(),
                pipelineProblem.value(),
                silences.value().apply(unasked.alert().fingerprint()),
                confirmation);
        return unasked.with(fleet.value(), surroundings, clock.instant());
    }

    private <T> Answer<T> current(@Nullable Answer<T> known, Question<T, X> question) throws X {
        Instant now = clock.instant();
        boolean good =
                known != null && Duration.between(known.asked(), now).abs().compareTo(KEPT) <= 0;
        return known != null && good ? known : new Answer<>(question.ask(), now);
    }
}
