package io.tocsin.selfheal.machine;

/** How the work stands that a repair has beside it: a step, a look at a step's effect, or an evaluation. */
public sealed interface Aside {

    /** There is none. */
    record Idle() implements Aside {}

    /** It goes on. */
    record Busy() implements Aside {}

    /** It is done. */
    record Found(Input input, String detail) implements Aside {}
}
