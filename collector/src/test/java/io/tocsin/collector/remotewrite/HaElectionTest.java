package io.tocsin.collector.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HaElectionTest {

    private static final long FAILOVER = TimeUnit.SECONDS.toNanos(30);

    private final HaElection election = new HaElection(Duration.ofSeconds(30));

    @Test
    void theFirstOneHeardIsElectedAndTheOtherIsNotHeard() {
        assertThat(election.hears("prod", "a", 0)).isTrue();
        assertThat(election.hears("prod", "b", 1)).isFalse();
        assertThat(election.hears("prod", "a", 2)).isTrue();
    }

    @Test
    void theOtherTakesOverOnlyAfterTheSilenceAndKeepsIt() {
        election.hears("prod", "a", 0);
        assertThat(election.hears("prod", "b", FAILOVER)).isFalse();
        assertThat(election.hears("prod", "b", FAILOVER + 1)).isTrue();
        assertThat(election.hears("prod", "a", FAILOVER + 2)).isFalse();
    }

    @Test
    void whatIsNotHeardDoesNotKeepTheOtherFromTakingOver() {
        election.hears("prod", "a", 0);
        assertThat(election.hears("prod", "b", FAILOVER / 2)).isFalse();
        assertThat(election.hears("prod", "b", FAILOVER + 1)).isTrue();
    }

    @Test
    void clustersAreElectedApart() {
        assertThat(election.hears("prod", "a", 0)).isTrue();
        assertThat(election.hears("test", "b", 0)).isTrue();
    }

    @Test
    void clustersBeyondTheTableAreForgottenByLastUse() {
        for (int i = 0; i <= HaElection.MOST_CLUSTERS; i++) {
            election.hears("c" + i, "a", 0);
        }
        assertThat(election.hears("c0", "b", 1)).isTrue();
        assertThat(election.hears("c" + HaElection.MOST_CLUSTERS, "b", 1)).isFalse();
    }

    @Property
    void withinOneFailoverTimeNeverTwoAreHeard(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 81) Integer> sends) {
        HaElection own = new HaElection(Duration.ofSeconds(30));
        long now = 0;
        int last = -1;
        long lastHeard = Long.MIN_VALUE;
        for (int send : sends) {
            int replica = send % 2;
            now += TimeUnit.SECONDS.toNanos(send / 2);
            if (own.hears("c", "r" + replica, now)) {
                assertThat(last == -1 || last == replica || now - lastHeard > FAILOVER)
                        .isTrue();
                last = replica;
                lastHeard = now;
            }
        }
    }
}
