package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.store.Run;

/**
 * A command that begins.
 *
 * @param instance who carries it out
 * @param run the repair, as it is with this step begun
 * @param undoing whether the step is one of the rollback
 */
record Act(String instance, Run run, Playbook playbook, Target target, Step step, boolean undoing) {

    /** Whether it is the first thing that its repair does. */
    boolean first() {
        return !undoing && run.progress().step() == 0 && run.progress().attempt() == 1;
    }
}
