package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.Outcome;
import java.util.function.Function;

/** A conversation with a service: what is asked next, and what the answer leads to. Pure. */
public sealed interface Dialogue {

    /** A request, and what follows from its answer. */
    record Ask(HttpCall call, Function<HttpReply, Dialogue> then) implements Dialogue {}

    /** The end. */
    record End(Outcome outcome) implements Dialogue {}

    /** One request, whose answer ends the conversation. */
    static Dialogue ask(HttpCall call, Function<HttpReply, Outcome> outcome) {
        return new Ask(call, reply -> new End(outcome.apply(reply)));
    }

    /** One request, judged by its status. */
    static Dialogue ask(HttpCall call) {
        return ask(call, HttpReply::outcome);
    }

    /** A request; when it is carried out the conversation goes on, otherwise it ends. */
    static Dialogue askThen(HttpCall call, Function<HttpReply, Dialogue> next) {
        return new Ask(call, reply -> reply.isSuccess() ? next.apply(reply) : new End(reply.outcome()));
    }
}
