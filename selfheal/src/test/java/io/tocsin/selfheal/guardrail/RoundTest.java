package io.tocsin.selfheal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RoundTest {

    private final Scene scene = new Scene();
    private final Asked asked = new Asked();
    private Instant now = Scene.NOW;
    private final Round<RuntimeException> round = new Round<>(asked, () -> now);

    @Test
    void decisionsOfOneRoundShareTheirQuestions() {
        asked.pipelineProblem = Optional.of("a shard is stalled");
        var _ = round.asked(scene.situation());
        now = now.plus(Round.KEPT);
        var _ = round.asked(scene.situation());
        assertThat(asked.fleets).isEqualTo(1);
        now = now.plusMillis(1);
        var _ = round.asked(scene.situation());
        assertThat(asked.fleets).isEqualTo(2);
    }

    /** The instance is cut off between the survey and the diagnosis: everything looks down, so that proves nothing. */
    @Test
    void aDiagnosisCountsOnlyWithAFleetThatIsSeenAfterIt() {
        asked.meanwhile = () -> scene.inventory.forEach(target -> scene.health.put(target.name(), Health.DOWN));
        assertThat(Guard.decide(round.asked(scene.situation())))
                .isEqualTo(new Decision.Wait(Reason.FLEET_DARK, "10 of 10 targets do not answer"));
    }

    @Test
    void whatWasSeenBeforeASlowDiagnosisIsLookedAtAgain() {
        asked.diagnosis = Duration.ofSeconds(30);
        asked.meanwhile = () -> {
            scene.health.put("shop-1", Health.SERVING);
            for (int i = 2; i <= 6; i++) {
                scene.health.put("shop-" + i, Health.UNKNOWN);
            }
        };
        Situation situation = round.asked(scene.situation());
        assertThat(asked.fleets).isEqualTo(2);
        assertThat(situation.now()).isEqualTo(Scene.NOW.plusSeconds(30));
        assertThat(Guard.decide(situation)).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void diagnosisIsNotWorthItsTroubleWhenAnotherGuardObjects() {
        asked.pipelineProblem = Optional.of("a shard is stalled");
        Situation situation = round.asked(scene.situation());
        assertThat(asked.diagnoses).isZero();
        assertThat(Guard.decide(situation))
                .isEqualTo(new Decision.Wait(Reason.PIPELINE_UNHEALTHY, "a shard is stalled"));
    }

    private final class Asked implements Questions<RuntimeException> {
        private int fleets;
        private int diagnoses;
        private Duration diagnosis = Duration.ZERO;
        private Runnable meanwhile = () -> {};
        private Optional<String> pipelineProblem = Optional.empty();

        @Override
        public Fleet fleet() {
            fleets++;
            return scene.situation().fleet();
        }

        @Override
        public Function<String, Silence> silences() {
            return fingerprint -> new Silence.None();
        }

        @Override
        public Optional<String> pipelineProblem() {
            return pipelineProblem;
        }

        @Override
        public Confirmation confirm(Situation situation) {
            diagnoses++;
            now = now.plus(diagnosis);
            meanwhile.run();
            return new Confirmation.Confirmed(1);
        }
    }
}
