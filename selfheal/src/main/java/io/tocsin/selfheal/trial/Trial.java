package io.tocsin.selfheal.trial;

import io.tocsin.selfheal.guardrail.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One unit test of playbooks: how things are at its beginning, what changes, and what is to be decided.
 *
 * @param name of the test
 * @param line where it is in its file, from 1
 * @param start how things are at its beginning
 * @param changes what changes, in the order of time
 * @param expected what is to be decided, in the order of time
 */
public record Trial(String name, int line, World start, List<Change> changes, List<Expected> expected) {

    public Trial {
        changes = List.copyOf(changes);
        expected = List.copyOf(expected);
    }

    /** What a decision is to be. */
    public enum Verdict {
        RUN,
        WAIT,
        REFUSE,
        /** No playbook is for it, or the incident has no root alert that fires. */
        NONE
    }

    /** From a time on, things are like this. */
    public record Change(Duration at, World world) {}

    /**
     * A decision that is expected.
     *
     * @param at time after the beginning
     * @param line where it is in its file, from 1
     * @param target whose decision is meant; empty for any that is decided on
     * @param reason of a wait or a refusal; empty for any
     * @param playbook that decides; empty for any
     * @param steps the commands, as people read them; empty when they are not looked at
     */
    public record Expected(
            Duration at,
            int line,
            Optional<String> target,
            Verdict verdict,
            Optional<Reason> reason,
            Optional<String> playbook,
            Optional<List<String>> steps) {
        public Expected {
            steps = steps.map(List::copyOf);
        }
    }

    /** The files that a test file is about, relative to it. */
    public record Files(List<String> playbooks, List<String> targets, Optional<String> limits) {
        public Files {
            playbooks = List.copyOf(playbooks);
            targets = List.copyOf(targets);
        }
    }

    /** Tests of a file. */
    public record Suite(Files files, List<Trial> trials) {
        public Suite {
            trials = List.copyOf(trials);
        }
    }

    /** Verdicts that carry a reason. */
    public static final Set<Verdict> WITH_REASON = Set.of(Verdict.WAIT, Verdict.REFUSE);
}
