package io.tocsin.selfheal.statistics;

import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether a playbook that acts on its own has to ask again. It has, when its last {@link #FAILURES} repairs all failed, in
 * whatever service; until a person restores it, or its file changes and it is another playbook.
 */
public final class Demotion {

    /** So many failures in a row are not bad luck. */
    public static final int FAILURES = 3;

    /** How far back repairs tell how good their playbooks are. */
    public static final Duration REMEMBERED = Duration.ofDays(30);

    private Demotion() {}

    /**
     * Whether it is demoted.
     *
     * @param repairs that ended, of any playbook
     * @param restored when a person last restored a playbook, by name
     */
    public static boolean demoted(Playbook playbook, List<Ended> repairs, Map<String, Instant> restored) {
        if (playbook.mode() != Mode.AUTO) {
            return false;
        }
        Instant since = restored.getOrDefault(playbook.name(), Instant.MIN);
        List<Ended> newest = repairs.stream()
                .filter(ended -> ended.playbook().equals(playbook.name())
                        && ended.version().equals(playbook.version())
                        && ended.endedAt().isAfter(since))
                .sorted(Comparator.comparing(Ended::endedAt).reversed())
                .limit(FAILURES)
                .toList();
        return newest.size() == FAILURES && newest.stream().noneMatch(Ended::verified);
    }

    /** The playbook as it may act: one that is demoted asks. */
    public static Playbook applied(Playbook playbook, List<Ended> repairs, Map<String, Instant> restored) {
        return demoted(playbook, repairs, restored) ? playbook.in(Mode.APPROVE) : playbook;
    }
}
