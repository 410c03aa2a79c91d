package io.tocsin.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tocsin.promql.parse.PromqlParser;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardsTest {

    @Test
    void uidsAreUniqueAndEachPanelStandsInItsOwnPlace() {
        Set<String> uids = new HashSet<>();
        for (JsonNode dashboard : Dashboards.all()) {
            assertThat(uids.add(dashboard.path("uid").asString(""))).isTrue();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(0); x++) {
                    for (int y = 0; y < place.path("h").asInt(0); y++) {
                        String cell = (place.path("x").asInt(0) + x) + "/"
                                + (place.path("y").asInt(0) + y);
                        assertThat(cells.add(cell))
                                .as("%s overlaps", panel.path("title"))
                                .isTrue();
                    }
                }
                assertThat(place.path("x").asInt(0) + place.path("w").asInt(0)).isLessThanOrEqualTo(24);
            }
        }
    }

    @Test
    void everyPanelHasATitleAUnitAndQueriesThatParse() {
        assertThat(Dashboards.panels()).hasSizeGreaterThan(5);
        for (Dashboards.Panel panel : Dashboards.panels()) {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.unit()).as(panel.title()).isNotBlank();
            assertThat(panel.expressions()).as(panel.title()).isNotEmpty();
            for (String expression : panel.expressions()) {
                assertThatCode(() -> PromqlParser.parse(Dashboards.forAllServices(expression)))
                        .as(expression)
                        .doesNotThrowAnyException();
            }
        }
    }
}
