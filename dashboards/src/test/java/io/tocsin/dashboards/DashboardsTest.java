package io.tocsin.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tocsin.promql.parse.PromqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardsTest {

    private static final Path FILES =
            Path.of(System.getProperty("tocsin.repository"), "dashboards/src/main/resources/grafana/dashboards");

    @Test
    void uidsAreUniqueAndEachPanelStandsInItsOwnPlace() {
        Set<String> uids = new HashSet<>();
        for (Board board : Dashboards.all()) {
            assertThat(uids.add(board.uid())).isTrue();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : board.json().path("panels")) {
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
    void everyPanelHasATitleAUnitAndExpressionsThatParse() {
        for (Board board : Dashboards.all()) {
            assertThat(board.panels()).as(board.name()).hasSizeGreaterThan(3);
            for (Panel panel : board.panels()) {
                assertThat(panel.title()).isNotBlank();
                assertThat(panel.unit()).as(panel.title()).isNotBlank();
                assertThat(panel.queries()).as(panel.title()).isNotEmpty();
                panel.queries().stream()
                        .filter(Query.Promql.class::isInstance)
                        .forEach(query -> assertThatCode(
                                        () -> PromqlParser.parse(Dashboards.asked(board, query.text())))
                                .as(query.text())
                                .doesNotThrowAnyException());
            }
        }
    }

    /** With {@code -Dtocsin.update=true} the files are written instead. */
    @Test
    void theFilesAreWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("tocsin.update")) {
            for (var file : Dashboards.files().entrySet()) {
                Files.writeString(FILES.resolve(file.getKey()), file.getValue());
            }
        }
        try (Stream<Path> there = Files.list(FILES)) {
            assertThat(there.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Dashboards.files().keySet());
        }
        for (var file : Dashboards.files().entrySet()) {
            assertThat(FILES.resolve(file.getKey())).hasContent(file.getValue());
        }
    }
}
