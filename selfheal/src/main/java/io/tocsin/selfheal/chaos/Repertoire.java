package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Check.Expect;
import io.tocsin.selfheal.playbook.CommandAction;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Match;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Schedule;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Step.OnFailure;
import io.tocsin.selfheal.playbook.Template;
import io.tocsin.selfheal.playbook.Tightening;
import io.tocsin.selfheal.playbook.Verify;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Playbooks of every kind: one step or several, to be repeated or not, with approval, with a way back. */
final class Repertoire {

    static final int KINDS = 9;

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Check UP = new Check.Http(new Template("http://{{target.name}}/health"), Expect.UP, SHORT);
    private static final Check DOWN = new Check.Http(new Template("http://{{target.name}}/health"), Expect.DOWN, SHORT);
    private static final Step RESTART = step("restart", Effect.RESTART, 1, OnFailure.ESCALATE, Optional.of(UP));

    private Repertoire() {}

    /** All playbooks, in this version. */
    static List<Playbook> version(int version) {
        return List.of(
                playbook(0, version, Mode.AUTO, List.of(RESTART), List.of()),
                playbook(
                        1,
                        version,
                        Mode.AUTO,
                        List.of(step("restart", Effect.RESTART, 4, OnFailure.ESCALATE, Optional.empty())),
                        List.of()),
                playbook(
                        2,
                        version,
                        Mode.AUTO,
                        List.of(
                                step("drain", Effect.ISOLATE, 1, OnFailure.ROLLBACK, Optional.empty()),
                                step("restart", Effect.RESTART, 1, OnFailure.ROLLBACK, Optional.of(UP)),
                                step("admit", Effect.CHANGE, 3, OnFailure.ROLLBACK, Optional.empty())),
                        List.of(step("admit", Effect.CHANGE, 2, OnFailure.ESCALATE, Optional.empty()))),
                playbook(3, version, Mode.APPROVE, List.of(RESTART), List.of()),
                playbook(
                        4,
                        version,
                        Mode.AUTO,
                        List.of(
                                step("prepare", Effect.CHANGE, 2, OnFailure.CONTINUE, Optional.empty()),
                                step("restart", Effect.RESTART, 3, OnFailure.CONTINUE, Optional.empty()),
                                step("again", Effect.RESTART, 1, OnFailure.ROLLBACK, Optional.of(UP))),
                        List.of(step("undo", Effect.CHANGE, 1, OnFailure.ESCALATE, Optional.empty()))),
                playbook(5, version, Mode.OBSERVE, List.of(RESTART), List.of()),
                cautious(playbook(
                        6,
                        version,
                        Mode.AUTO,
                        List.of(step("restart", Effect.RESTART, 1, OnFailure.ESCALATE, Optional.empty())),
                        List.of())),
                playbook(
                        7,
                        version,
                        Mode.AUTO,
                        List.of(step("back", Effect.ROLLBACK, 1, OnFailure.ROLLBACK, Optional.empty())),
                        List.of(step("forth", Effect.CHANGE, 1, OnFailure.ESCALATE, Optional.empty()))),
                serving(playbook(8, version, Mode.AUTO, List.of(RESTART), List.of())));
    }

    /** It repairs what serves, and badly: a command tells. */
    private static Playbook serving(Playbook p) {
        return new Playbook(
                p.name(),
                p.version(),
                p.mode(),
                p.match(),
                p.allowExternal(),
                List.of(new Check.Command(List.of(new Template("leaks")), SHORT)),
                p.steps(),
                p.rollback(),
                p.verify(),
                p.after(),
                p.escalate(),
                p.schedule(),
                p.limits());
    }

    private static Step step(String name, Effect effect, int attempts, OnFailure onFailure, Optional<Check> done) {
        return new Step(
                name,
                effect,
                new CommandAction(List.of(new Template(name))),
                Duration.ofMinutes(2),
                attempts,
                attempts > 1,
                onFailure,
                done);
    }

    private static Playbook playbook(int kind, int version, Mode mode, List<Step> steps, List<Step> rollback) {
        return new Playbook(
                "playbook" + kind,
                "v" + version,
                mode,
                new Match(Set.of(Newsroom.ALERT), Set.of(), Set.of(), Map.of("kind", "k" + kind)),
                false,
                List.of(DOWN),
                steps,
                rollback,
                new Verify(List.of(UP), true, 2, Duration.ofSeconds(5), Duration.ofMinutes(3)),
                Duration.ZERO,
                "",
                Optional.empty(),
                Tightening.NONE);
    }

    /** It lets people act first, takes alerts from outside, and acts only in the first twenty minutes of the day. */
    private static Playbook cautious(Playbook p) {
        Schedule early =
                new Schedule(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.of(0, 20), ZoneOffset.UTC);
        return new Playbook(
                p.name(),
                p.version(),
                p.mode(),
                p.match(),
                true,
                p.diagnose(),
                p.steps(),
                p.rollback(),
                p.verify(),
                Duration.ofMinutes(2),
                p.escalate(),
                Optional.of(early),
                p.limits());
    }
}
