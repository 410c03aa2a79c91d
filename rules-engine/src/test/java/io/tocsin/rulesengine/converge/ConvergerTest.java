package io.tocsin.rulesengine.converge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.Snapshot.Disposition;
import io.tocsin.rulesengine.converge.Snapshot.Status;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConvergerTest {

    private final World world = new World();

    @Test
    void b8_aDatabaseFailsAndFortyServicesFail_oneIncidentWithTheDatabaseAsRootAndFortySymptoms() {
        for (int i = 0; i < 40; i++) {
            world.calls("service-" + i, "database", 100, 8, 0, 8);
            world.fires("ErrorRateHigh", "service-" + i, 100);
        }
        world.goesAway("DatabaseDown", "database", 103);
        world.tick(101);
        world.tick(103);
        Snapshot incident = world.incident();
        assertThat(World.root(incident)).isEqualTo("database");
        assertThat(World.count(incident, Disposition.ROOT)).isEqualTo(1);
        assertThat(World.count(incident, Disposition.SYMPTOM)).isEqualTo(40);
        assertThat(incident.title())
                .isEqualTo("database: DatabaseDown; affects service-0, service-1, service-10 and 37 more");
        assertThat(incident.parts())
                .filteredOn(part -> part.disposition() == Disposition.SYMPTOM)
                .allSatisfy(part ->
                        assertThat(part.because()).isEqualTo(part.element() + " calls database, the likely cause"));
    }

    @Test
    void b8_theSymptomsMayComeBeforeTheRoot() {
        for (int i = 0; i < 40; i++) {
            world.calls("service-" + i, "database", 100 + i, 8, 0, 8);
            world.fires("ErrorRateHigh", "service-" + i, 100 + i);
            world.tick(100 + i);
        }
        // The database has no alert yet, and is suspected all the same.
        assertThat(World.root(world.incident())).isEqualTo("database");
        assertThat(world.incident().title()).startsWith("database: calls to it fail");
        world.goesAway("DatabaseDown", "database", 145);
        world.tick(145);
        assertThat(World.root(world.incident())).isEqualTo("database");
        assertThat(World.count(world.incident(), Disposition.SYMPTOM)).isEqualTo(40);
    }

    @Test
    void theIncidentClosesOnceAllMembersHaveRecoveredAndStayedSo() {
        world.fires("A", "shop", 100).tick(100);
        world.recovers("A", "shop", 200).tick(200);
        assertThat(world.incident().parts().getFirst().disposition()).isEqualTo(Disposition.RECOVERED);
        world.quiet(201, 209);
        assertThat(world.open()).hasSize(1);
        world.tick(210);
        Snapshot closed = world.told.getLast();
        assertThat(closed.status()).isEqualTo(Status.CLOSED);
        assertThat(closed.closedAtMs()).isEqualTo(210_000);
        assertThat(world.state.incidents()).isEmpty();
        world.tick(900);
        assertThat(world.state.members()).isEmpty();
    }

    @Test
    void whatFiresAgainDuringTheHoldDownIsTheSameIncident() {
        world.fires("A", "shop", 100).tick(100);
        world.recovers("A", "shop", 200).tick(200);
        world.fires("A", "shop", 205).tick(205);
        world.quiet(206, 230);
        assertThat(world.newest).hasSize(1);
        assertThat(world.incident().parts())
                .singleElement()
                .satisfies(part -> assertThat(part.endsAtMs()).isZero());
    }

    @Test
    void noDataKeepsAnIncidentOpen() {
        world.fires("A", "shop", 100).tick(100);
        world.tell(World.change(World.labels("A", "shop", "warning"), AlertState.NO_DATA, Reason.TARGET_SILENT, 200))
                .tick(200);
        world.quiet(201, 260);
        assertThat(world.open()).hasSize(1);
    }

    @Test
    void b17_theRootThatRecoveredIsNoRootAnyMoreOnceItsSymptomsAreOverToo() {
        world.calls("web", "database", 100, 8, 0, 8);
        world.goesAway("DatabaseDown", "database", 100).fires("Errors", "web", 101);
        world.tick(101);
        world.recovers("DatabaseDown", "database", 150).tick(150);
        assertThat(World.count(world.incident(), Disposition.ROOT)).isZero();
        world.recovers("Errors", "web", 155).tick(155);
        world.quiet(156, 165);
        assertThat(world.open()).isEmpty();
        // Later it fails by itself: nothing is left of what was.
        world.fires("Errors", "web", 900).tick(900);
        assertThat(World.root(world.incident())).isEqualTo("web");
    }

    @Test
    void unconnectedElementsAreDifferentIncidents() {
        world.fires("A", "shop", 100).fires("B", "warehouse", 100).tick(100);
        assertThat(world.open()).hasSize(2);
    }

    @Test
    void connectedElementsThatFailFarApartInTimeAreDifferentIncidents() {
        world.calls("shop", "warehouse", 1000);
        world.fires("A", "shop", 100).tick(100);
        world.calls("shop", "warehouse", 1000).fires("B", "warehouse", 1000).tick(1000);
        assertThat(world.open()).hasSize(2);
    }

    @Test
    void aLateEdgeMergesTwoIncidentsAndTheOlderOneStays() {
        world.fires("A", "shop", 100).tick(100);
        world.fires("B", "warehouse", 110).tick(110);
        String older = world.open().stream()
                .filter(open -> open.openedAtMs() == 100_000)
                .findFirst()
                .orElseThrow()
                .id();
        world.calls("shop", "warehouse", 120, 5, 5, 0).tick(120);
        assertThat(world.incident().id()).isEqualTo(older);
        Snapshot merged = world.newest.values().stream()
                .filter(snapshot -> snapshot.status() == Status.MERGED)
                .findFirst()
                .orElseThrow();
        assertThat(merged.mergedInto()).isEqualTo(older);
        assertThat(merged.timeline().getLast().what()).isEqualTo("became part of " + older + ": shop calls warehouse");
        assertThat(world.incident().timeline())
                .extracting(Snapshot.Entry::what)
                .contains("took in " + merged.id() + ": shop calls warehouse");
        assertThat(World.root(world.incident())).isEqualTo("warehouse");
    }

    @Test
    void b6_aFlappingAlertIsOneIncidentUntilItSettles() {
        for (int i = 0; i < 30; i++) {
            world.fires("A", "shop", 100 + 40 * i).tick(100 + 40 * i);
            world.recovers("A", "shop", 105 + 40 * i).tick(105 + 40 * i);
            world.quiet(106 + 40 * i, 139 + 40 * i);
        }
        long opened = world.newest.size();
        assertThat(opened).isLessThanOrEqualTo(3);
        Snapshot flapping = world.incident();
        assertThat(flapping.parts().getFirst().disposition()).isEqualTo(Disposition.FLAPPING);
        long said = world.told.stream()
                .filter(snapshot -> snapshot.id().equals(flapping.id()))
                .count();
        assertThat(flapping.parts().getFirst().endsAtMs()).isZero();
        world.quiet(1300, 1900);
        assertThat(world.open()).isEmpty();
        assertThat(world.newest.get(flapping.id()).timeline())
                .extracting(Snapshot.Entry::what)
                .anyMatch(what -> what.contains("flapping until it settles"))
                .contains("A on shop has settled");
        assertThat(said).isPositive();
    }

    @Test
    void aStormIsAbsorbedByOneIncident() {
        World storm = new World(new ConvergePolicy(10_000, 600_000, 600_000, 5, 600_000, 100, 500, List.of()));
        for (int i = 0; i < 500; i++) {
            storm.fires("A", "service-" + String.format("%03d", i), 100);
        }
        storm.tick(100);
        assertThat(storm.open()).hasSize(100);
        long absorbed = storm.open().stream()
                .mapToLong(open -> World.count(open, Disposition.ABSORBED_BY_STORM_LIMIT))
                .sum();
        assertThat(absorbed).isEqualTo(400);
        assertThat(storm.open())
                .filteredOn(open -> World.count(open, Disposition.ABSORBED_BY_STORM_LIMIT) > 0)
                .hasSize(1);
        for (int i = 0; i < 500; i++) {
            storm.recovers("A", "service-" + String.format("%03d", i), 200);
        }
        storm.tick(200);
        storm.quiet(201, 210);
        assertThat(storm.open()).isEmpty();
        assertThat(storm.state.incidents()).isEmpty();
    }

    @Test
    void whatRunsOnAFailingNodeIsOneIncident() {
        for (String service : List.of("a", "b", "c")) {
            world.runsOn(service, "node-7", 100);
            world.goesAway("ServiceAway", service, 120);
        }
        world.tell(World.change(
                new TreeMap<>(Map.of("alertname", "NodeDown", "node", "node-7", "severity", "critical")),
                AlertState.FIRING,
                Reason.SERIES_MISSING,
                125));
        world.tick(125);
        Snapshot incident = world.incident();
        assertThat(World.root(incident)).isEqualTo("node-7");
        assertThat(World.count(incident, Disposition.SYMPTOM)).isEqualTo(3);
        assertThat(World.evidence(incident)).anyMatch(why -> why.contains("a runs on node-7"));
        assertThat(incident.causes().getFirst().evidence())
                .extracting(Snapshot.Evidence::query)
                .anyMatch(query -> query.contains("target_info{host_name=\"node-7\"}"));
    }

    @Test
    void aServiceThatGotANewVersionBeforeItsCalleesFailedTooIsSuspected() {
        for (int second = 100; second <= 160; second += 5) {
            world.calls("web", "shop", second, 5, 5, 0);
        }
        world.deployed("shop", "1.4.1", 20).deployed("shop", "1.4.2", 150).fires("Errors", "shop", 160);
        world.tick(160);
        assertThat(World.root(world.incident())).isEqualTo("shop");
        assertThat(World.evidence(world.incident())).contains("its version became 1.4.2 10 s before it began to fail");
    }

    @Test
    void aFirstVersionIsNoChange() {
        world.deployed("shop", "1.4.1", 95).fires("Errors", "shop", 100).tick(100);
        assertThat(World.evidence(world.incident())).noneMatch(why -> why.contains("version"));
    }

    @Test
    void slownessBeginsWhereNoFurtherCallIsSlow() {
        for (int second = 100; second <= 400; second += 5) {
            double seconds = second < 300 ? 0.1 : 5;
            world.tell(call("web", "shop", second, seconds)).tell(call("shop", "ledger", second, seconds));
            world.tick(second);
        }
        world.fires("Slow", "web", 405).fires("Slow", "shop", 405).tick(405);
        world.fires("Slow", "ledger", 410).tick(410);
        assertThat(World.root(world.incident())).isEqualTo("ledger");
        assertThat(World.evidence(world.incident()))
                .anyMatch(why -> why.endsWith("times as long as before, and none of its own calls does"));
    }

    private static Fact call(String caller, String callee, long second, double seconds) {
        return new Fact.Called(new EdgeWindow(
                new EdgeKey("default", caller, callee), second * 1000, 10, 0, 0, 0, seconds, seconds, false));
    }

    @Test
    void aStormOfOneNodeIsOneIncidentThatNamesSomeAlertsAndCountsTheOthers() {
        for (int service = 0; service < 40; service++) {
            world.runsOn("service-" + service, "node-7", 100);
        }
        world.runsOn("elsewhere", "node-8", 100);
        for (int service = 0; service < 40; service++) {
            for (int rule = 0; rule < 25; rule++) {
                world.fires("Alert" + rule, "service-" + service, 120 + rule);
            }
        }
        world.tell(nodeDown(AlertState.FIRING, Reason.SERIES_MISSING, 121));
        world.tick(150);
        Snapshot incident = world.incident();
        assertThat(World.root(incident)).isEqualTo("node-7");
        assertThat(incident.alerts()).isEqualTo(1001);
        assertThat(incident.active()).isEqualTo(1001);
        assertThat(incident.parts()).hasSizeBetween(200, 202);
        assertThat(World.count(incident, Disposition.ROOT)).isEqualTo(1);
        assertThat(incident.severity()).isEqualTo("critical");
    }

    @Test
    void whoIsNamedIsShownAsRecoveredBeforeAnotherTakesItsPlace() {
        World small = new World(new ConvergePolicy(10_000, 600_000, 600_000, 5, 600_000, 100, 2, List.of()));
        for (int rule = 0; rule < 5; rule++) {
            small.fires("Alert" + rule, "shop", 100 + rule);
        }
        small.tick(105);
        assertThat(small.incident().parts())
                .extracting(part -> part.alert().labels().get("alertname"))
                .containsExactly("Alert0", "Alert1");
        small.recovers("Alert0", "shop", 110).tick(110);
        assertThat(World.count(small.incident(), Disposition.RECOVERED)).isEqualTo(1);
        small.tick(111);
        assertThat(small.incident().parts())
                .extracting(part -> part.alert().labels().get("alertname"))
                .containsExactly("Alert1", "Alert2");
        for (int rule = 1; rule < 5; rule++) {
            small.recovers("Alert" + rule, "shop", 120);
        }
        small.tick(120);
        small.quiet(121, 130);
        assertThat(small.open()).isEmpty();
    }

    @Test
    void aPageIsNamedHoweverManyWarningsThereAre() {
        World small = new World(new ConvergePolicy(10_000, 600_000, 600_000, 5, 600_000, 100, 2, List.of()));
        for (int rule = 0; rule < 5; rule++) {
            small.fires("Alert" + rule, "shop", 100);
        }
        small.tick(100);
        small.tell(
                World.change(World.labels("Down", "shop", "page"), AlertState.FIRING, Reason.THRESHOLD_CROSSED, 101));
        small.tick(101);
        assertThat(small.incident().parts())
                .extracting(part -> part.alert().labels().get("alertname"))
                .contains("Down");
    }

    private static Fact.Change nodeDown(AlertState to, Reason reason, long second) {
        return World.change(
                new TreeMap<>(Map.of("alertname", "NodeDown", "node", "node-7", "severity", "critical")),
                to,
                reason,
                second);
    }

    @Test
    void servicesThatGoAwayTogetherOnANodeThatSaysNothingPointToTheNode() {
        for (String service : List.of("a", "b", "c")) {
            world.runsOn(service, "node-7", 100);
            world.goesAway("ServiceAway", service, 120);
        }
        world.runsOn("d", "node-8", 100);
        world.tick(120);
        Snapshot incident = world.incident();
        assertThat(World.root(incident)).isEqualTo("node-7");
        assertThat(World.count(incident, Disposition.SYMPTOM)).isEqualTo(3);
    }

    @Test
    void servicesThatGoAwayInOnePlaceOfManyDoNotBlameTheOnlyNode() {
        world.runsOn("a", "node-7", 100).runsOn("b", "node-7", 100);
        world.goesAway("ServiceAway", "a", 120).fires("Errors", "b", 120);
        world.tick(120);
        assertThat(world.open()).extracting(World::root).doesNotContain("node-7");
    }

    @Test
    void aLeafThatCrashesSilentlyIsTheRootBeforeAndAfterItsOwnOutageAlert() {
        for (int second = 100; second <= 130; second += 5) {
            world.calls("web", "shop", second, second < 110 ? 0 : 4, second < 110 ? 0 : 4, 0);
            world.calls("shop", "ledger", second, second < 110 ? 0 : 10, 0, second < 110 ? 0 : 10);
            world.tick(second);
        }
        world.fires("ErrorRateHigh", "shop", 130)
                .fires("ErrorRateHigh", "web", 131)
                .tick(131);
        assertThat(World.root(world.incident())).isEqualTo("ledger");
        assertThat(World.evidence(world.incident()))
                .contains("what depends on it fails: shop calls ledger")
                .anyMatch(why -> why.endsWith("of calls to it are not answered"));
        world.goesAway("ServiceSilent", "ledger", 290).tick(290);
        assertThat(World.root(world.incident())).isEqualTo("ledger");
        assertThat(World.evidence(world.incident())).contains("it is away, not just doing badly: ServiceSilent");
        assertThat(world.incident().title()).isEqualTo("ledger: ServiceSilent; affects shop, web");
    }

    @Test
    void whenClientsFailWhileTheServerIsFineTheWayBetweenIsNamed() {
        for (int second = 100; second <= 120; second += 5) {
            world.calls("shop", "payments", second, 6, 0, 0);
        }
        world.fires("ErrorRateHigh", "shop", 121).tick(121);
        assertThat(World.root(world.incident())).isEqualTo("payments");
        assertThat(World.evidence(world.incident()))
                .anyMatch(
                        why -> why.equals(
                                "60 % of calls to it fail at the caller while it answers without errors: look at the network between"));
    }

    @Test
    void anElementThatAnswersWithErrorsAndCallsNothingIsTheRoot() {
        for (int second = 100; second <= 120; second += 5) {
            world.calls("web", "shop", second, 6, 6, 0);
            world.calls("shop", "ledger", second, 6, 6, 0);
        }
        world.fires("Errors", "web", 121)
                .fires("Errors", "shop", 121)
                .fires("Errors", "ledger", 122)
                .tick(122);
        assertThat(World.root(world.incident())).isEqualTo("ledger");
        assertThat(world.incident().causes())
                .extracting(Snapshot.Cause::element)
                .containsExactly("ledger", "shop", "web");
    }

    @Test
    void repairsAreNotedInTheIncidentAlsoAfterItMerged() {
        world.fires("A", "shop", 100).tick(100);
        world.fires("B", "warehouse", 110).tick(110);
        String younger = world.open().stream()
                .filter(open -> open.openedAtMs() == 110_000)
                .findFirst()
                .orElseThrow()
                .id();
        world.calls("shop", "warehouse", 120, 5, 5, 0).tick(120);
        Fact.Repair repair =
                new Fact.Repair("r1", younger, "restart", "warehouse-0", "STEP_DONE", "", "restarted", 121_000);
        world.tell(repair).tell(repair).tick(122);
        world.tell(repair).tick(123);
        assertThat(world.incident().timeline())
                .extracting(Snapshot.Entry::what)
                .containsOnlyOnce("repair restart of warehouse-0 step done: restarted");
    }

    @Test
    void aHigherSeverityRaisesTheIncidents() {
        world.tell(
                World.change(World.labels("A", "shop", "warning"), AlertState.FIRING, Reason.THRESHOLD_CROSSED, 100));
        world.tick(100);
        assertThat(world.incident().severity()).isEqualTo("warning");
        world.tell(
                World.change(World.labels("B", "shop", "critical"), AlertState.FIRING, Reason.THRESHOLD_CROSSED, 110));
        world.tick(110);
        assertThat(world.incident().severity()).isEqualTo("critical");
        world.tell(World.change(
                World.labels("B", "shop", "critical"), AlertState.INACTIVE, Reason.RECOVERED_ON_FRESH_DATA, 120));
        world.tick(120);
        assertThat(world.incident().severity()).isEqualTo("warning");
    }

    @Test
    void aRepeatedOrOlderChangeSaysNothingNew() {
        Fact.Change fires =
                World.change(World.labels("A", "shop", "page"), AlertState.FIRING, Reason.THRESHOLD_CROSSED, 100);
        Fact.Change over =
                World.change(World.labels("A", "shop", "page"), AlertState.INACTIVE, Reason.SERIES_ENDED, 110);
        world.tell(fires).tick(100);
        assertThat(world.tell(fires).tick(101)).isEmpty();
        world.tell(over).tick(110);
        assertThat(world.tell(fires).tell(over).tick(111)).isEmpty();
        world.quiet(112, 121);
        assertThat(world.open()).isEmpty();
    }

    @Test
    void aRecoveryThatOvertakesItsBeginningOpensNothing() {
        world.recovers("A", "shop", 110).tick(110);
        world.fires("A", "shop", 100).tick(111);
        assertThat(world.newest).isEmpty();
    }

    @Test
    void pendingIsNobodysConcern() {
        world.tell(World.change(World.labels("A", "shop", "page"), AlertState.PENDING, Reason.THRESHOLD_CROSSED, 100));
        world.tick(100);
        assertThat(world.newest).isEmpty();
        assertThat(world.state.members()).isEmpty();
    }

    @Test
    void twoRulesWithTheSameLabelsAreTwoMembers() {
        SortedMap<String, String> labels = World.labels("Slow", "shop", "page");
        for (String rule : List.of("f;g/one", "f;g/two")) {
            world.tell(World.change(rule, labels, AlertState.FIRING, Reason.THRESHOLD_CROSSED, 100));
        }
        world.tick(100);
        assertThat(world.incident().parts())
                .extracting(part -> part.alert().rule())
                .containsExactly("f;g/one", "f;g/two");
        world.tell(World.change("f;g/one", labels, AlertState.INACTIVE, Reason.RECOVERED_ON_FRESH_DATA, 110));
        world.tick(110);
        world.quiet(111, 130);
        assertThat(World.count(world.incident(), Disposition.RECOVERED)).isEqualTo(1);
        assertThat(World.count(world.incident(), Disposition.ROOT)).isEqualTo(1);
    }

    @Test
    void whatWasSaidToBeTheCauseStaysWhenNothingFailsAnyMore() {
        world.calls("shop", "ledger", 100, 8, 8, 0)
                .fires("Errors", "ledger", 100)
                .fires("Errors", "shop", 101);
        world.tick(101);
        List<Snapshot.Cause> causes = world.incident().causes();
        assertThat(causes.getFirst().element()).isEqualTo("ledger");
        world.calls("ledger", "bank", 110, 8, 0, 8)
                .recovers("Errors", "ledger", 110)
                .recovers("Errors", "shop", 110);
        world.tick(110);
        world.quiet(111, 120);
        assertThat(world.told.getLast().status()).isEqualTo(Status.CLOSED);
        assertThat(world.told.getLast().causes()).isEqualTo(causes);
    }

    @Test
    void aQuietTickChangesNothing() {
        world.fires("A", "shop", 100).tick(100);
        ConvergeState before = world.state;
        assertThat(world.tick(101)).isEmpty();
        assertThat(world.state).isSameAs(before);
    }

    @Test
    void operatorsCanSayWhatDependsOnWhat() {
        World declared = new World(new ConvergePolicy(
                10_000,
                600_000,
                600_000,
                5,
                600_000,
                100,
                200,
                List.of(new ConvergePolicy.Dependency("shop", "mainframe"))));
        declared.fires("A", "shop", 100).fires("B", "mainframe", 101).tick(101);
        assertThat(World.root(declared.incident())).isEqualTo("mainframe");
        assertThat(World.evidence(declared.incident())).contains("what depends on it fails: shop depends on mainframe");
    }
}
