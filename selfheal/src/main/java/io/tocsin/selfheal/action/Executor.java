package io.tocsin.selfheal.action;

import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.Target;

/**
 * Carries out actions of one kind. Both methods answer soon, are interruptible, and may be called any number of times:
 * {@link Executors} looks first, has the change made where its effect is not there, and looks until it is.
 */
public interface Executor<A extends Action> {

    /**
     * Looks at the target.
     *
     * @throws Trouble when it cannot be seen
     * @throws IllegalArgumentException when the target's values do not fit the action
     */
    Sight see(A action, Target target, Order order) throws Trouble, InterruptedException;

    /**
     * Makes the change, right after {@link #see} did not find it; where the target can hold it, with the fencing token.
     *
     * @return what the target said to it, for people
     * @throws Trouble when the target refuses, fails, or is not there
     */
    String change(A action, Target target, Order order) throws Trouble, InterruptedException;
}
