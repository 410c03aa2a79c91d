package io.tocsin.rulesengine.converge;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What holds of convergence after every tick. Plain checks: they run millions of times. */
final class Invariants {

    private Invariants() {}

    static void that(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    static void check(ConvergeState state) {
        Set<String> populated = new HashSet<>();
        for (Member member : state.members().values()) {
            boolean known = state.incidents().containsKey(member.incident());
            that(known || !member.present(), () -> member.name() + " is active without an incident");
            that(known || member.incident().isEmpty(), () -> member.name() + " is in an incident that is over");
            that(member.active() == (member.endsAtMs() == 0), () -> "the end of " + member);
            populated.add(member.incident());
        }
        for (String incident : state.incidents().keySet()) {
            that(populated.contains(incident), () -> incident + " outlives its members");
        }
        state.merged().forEach((from, into) -> {
            that(!state.incidents().containsKey(from), () -> from + " is merged and open");
            that(!into.into().equals(from), () -> from + " is merged into itself");
        });
    }
}
