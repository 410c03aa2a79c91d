package io.tocsin.rulesengine.converge.stage;

import io.tocsin.rulesengine.converge.Fact;

/** What a record tells convergence. */
sealed interface Message {

    /** A fact of an environment. */
    record Told(String environment, Fact fact) implements Message {}

    /** An evaluate partition has said all that it has to say up to this tick. */
    record Done(int evaluatePartition, long tickMs) implements Message {}
}
