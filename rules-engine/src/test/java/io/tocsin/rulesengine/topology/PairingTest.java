package io.tocsin.rulesengine.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Windows of 5 s, 10 s of patience. */
class PairingTest {

    /** What the shell keeps in its stores. */
    private static final class Stores implements Pairing.Mirror {
        final Map<String, HalfCall> waiting = new HashMap<>();
        final Map<String, EdgeWindow> windows = new TreeMap<>();
        final Map<String, String> peers = new HashMap<>();

        @Override
        public void waits(HalfCall half) {
            waiting.put(half.client() + half.call(), HalfCall.decode(half.encode()));
        }

        @Override
        public void nolongerWaits(HalfCall half) {
            assertThat(waiting.remove(half.client() + half.call())).isEqualTo(half);
        }

        @Override
        public void counted(EdgeWindow window) {
            windows.put(window.endMs() + window.edge().toString(), EdgeWindow.decode(window.encode()));
        }

        @Override
        public void peer(String address, String service) {
            peers.put(address, service);
        }

        @Override
        public void peerForgotten(String address) {
            peers.remove(address);
        }

        Pairing restarted(List<EdgeWindow> ended, long nowMs) {
            ended.forEach(
                    window -> windows.remove(window.endMs() + window.edge().toString()));
            Pairing next = new Pairing(PairPolicy.DEFAULT, this);
            next.restore(waiting.values(), windows.values(), peers, nowMs);
            return next;
        }
    }

    private final Stores stores = new Stores();
    private final Pairing pairing = new Pairing(PairPolicy.DEFAULT, stores);

    private static HalfCall client(String call, String service, String peer, boolean failed, long atMs) {
        return new HalfCall("default", call, true, service, 2_000_000_000, failed, atMs, peer, "");
    }

    private static HalfCall server(String call, String service, boolean failed, long atMs) {
        return new HalfCall("default", call, false, service, 1_000_000_000, failed, atMs, "", "");
    }

    @Test
    void theTwoSidesOfACallAreOneCallInWhateverOrderTheyCome() {
        pairing.offer(client("1", "web", "shop:80", true, 1000));
        pairing.offer(server("1", "shop", false, 1500));
        pairing.offer(server("2", "shop", true, 1600));
        pairing.offer(client("2", "web", "shop:80", true, 1700));
        List<EdgeWindow> ended = pairing.advance(5000);
        assertThat(ended)
                .containsExactly(new EdgeWindow(new EdgeKey("default", "web", "shop"), 5000, 2, 2, 1, 0, 4, 2, false));
        assertThat(pairing.waiting()).isZero();
        assertThat(stores.waiting).isEmpty();
    }

    @Test
    void aCallThatNobodyAnsweredIsOneToTheServiceThatWasBehindTheAddress() {
        pairing.offer(client("1", "web", "shop:80", false, 1000));
        pairing.offer(server("1", "shop", false, 1000));
        pairing.advance(5000);
        pairing.offer(client("2", "web", "shop:80", true, 6000));
        pairing.advance(16_000);
        assertThat(pairing.advance(20_000))
                .containsExactly(
                        new EdgeWindow(new EdgeKey("default", "web", "shop"), 20_000, 1, 1, 0, 1, 2, 0, false));
    }

    @Test
    void anAddressThatNeverAnsweredIsACalleeOfItsOwn() {
        pairing.offer(client("1", "web", "postgres:5432", false, 1000));
        pairing.advance(11_000);
        assertThat(pairing.advance(15_000)).singleElement().satisfies(window -> {
            assertThat(window.edge().callee()).isEqualTo("postgres:5432");
            assertThat(window.virtual()).isTrue();
        });
    }

    @Test
    void aServerWithoutCallerAndAClientThatNamesNobodyAreNoEdge() {
        pairing.offer(server("1", "shop", false, 1000));
        pairing.offer(client("2", "web", "", false, 1000));
        assertThat(pairing.advance(60_000)).isEmpty();
        assertThat(pairing.waiting()).isZero();
    }

    @Test
    void aSpanThatComesTwiceCountsOnce() {
        pairing.offer(client("1", "web", "shop:80", false, 1000));
        pairing.offer(client("1", "web", "shop:80", false, 1000));
        pairing.offer(server("1", "shop", false, 1000));
        assertThat(pairing.advance(5000))
                .singleElement()
                .satisfies(window -> assertThat(window.calls()).isEqualTo(1));
    }

    @Test
    void theOldestGiveWayWhenTooManyWait() {
        Pairing small = new Pairing(new PairPolicy(5_000, 10_000, 2, 10), stores);
        small.offer(client("1", "web", "a:1", false, 1000));
        small.offer(client("2", "web", "b:1", false, 1000));
        small.offer(client("3", "web", "c:1", false, 1000));
        assertThat(small.waiting()).isEqualTo(2);
        assertThat(small.evicted()).isEqualTo(1);
        assertThat(small.advance(5000))
                .extracting(window -> window.edge().callee())
                .containsExactly("a:1");
    }

    @Property(tries = 200)
    void aRestartFromTheStoresChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Stores mirrored = new Stores();
        Pairing straight = new Pairing(PairPolicy.DEFAULT, new Stores());
        Pairing restarting = new Pairing(PairPolicy.DEFAULT, mirrored);
        List<EdgeWindow> one = new ArrayList<>();
        List<EdgeWindow> other = new ArrayList<>();
        long at = 1_000_000;
        for (int i = 0; i < 150; i++) {
            at += random.nextInt(900);
            String call = "" + random.nextInt(60);
            HalfCall half = random.nextBoolean()
                    ? client(call, "web", "p" + random.nextInt(3), random.nextBoolean(), at)
                    : server(call, "s" + random.nextInt(2), random.nextBoolean(), at);
            straight.offer(half);
            restarting.offer(half);
            one.addAll(straight.advance(at));
            List<EdgeWindow> ended = restarting.advance(at);
            other.addAll(ended);
            if (random.nextInt(10) == 0) {
                restarting = mirrored.restarted(other, at);
            }
        }
        one.addAll(straight.advance(at + 60_000));
        other.addAll(restarting.advance(at + 60_000));
        assertThat(other).containsExactlyInAnyOrderElementsOf(one);
    }
}
