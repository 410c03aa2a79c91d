package io.tocsin.rulesengine.converge;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of convergence after every tick. */
final class Invariants {

    private Invariants() {}

    static void check(ConvergeState state) {
        state.members().forEach((fingerprint, member) -> {
            if (member.present()) {
                assertThat(state.incidents())
                        .as("the incident of %s, which is active", member.name())
                        .containsKey(member.incident());
            } else if (!member.incident().isEmpty()) {
                assertThat(state.incidents())
                        .as("the incident of %s", member.name())
                        .containsKey(member.incident());
            }
            assertThat(member.endsAtMs() == 0)
                    .as("%s has no end while active", member.name())
                    .isEqualTo(member.active());
        });
        state.incidents()
                .keySet()
                .forEach(id -> assertThat(state.members().values())
                        .as("members of %s", id)
                        .anyMatch(member -> member.incident().equals(id)));
        state.merged().forEach((from, into) -> {
            assertThat(state.incidents()).as("merged and open: %s", from).doesNotContainKey(from);
            assertThat(into.into()).isNotEqualTo(from);
        });
    }
}
