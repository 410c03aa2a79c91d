package io.tocsin.e2e;

import io.tocsin.dashboards.Board;
import io.tocsin.dashboards.Dashboards;
import io.tocsin.dashboards.Panel;
import io.tocsin.dashboards.Query;
import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.up.Ports;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboards ask about services by their spans returns data of the demo shop. */
class DashboardQueriesTest {

    private static final Duration WITHIN = Duration.ofSeconds(90);

    @Test
    void everyPanelAboutServicesShowsSomething(@TempDir Path directory) throws Exception {
        Ports ports = Ports.free();
        try (TocsinProcess _ = TocsinProcess.up(directory.resolve("data"), ports, "--demo")) {
            for (Board board : Dashboards.all()) {
                for (Panel panel : board.panels()) {
                    for (Query query : aboutServices(panel)) {
                        Await.until(
                                board.name() + ", " + panel.title() + ": " + query.text(),
                                WITHIN,
                                () -> returnsData(ports, Dashboards.asked(board, query.text())));
                    }
                }
            }
        }
    }

    private static List<Query> aboutServices(Panel panel) {
        return panel.queries().stream()
                .filter(query -> query instanceof Query.Promql
                        && (query.text().contains("traces_span_metrics")
                                || query.text().contains("target_info")))
                .toList();
    }

    private static boolean returnsData(Ports ports, String expression) {
        try {
            String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
            return !InstanceAddress.get(ports.query(), "/api/v1/query?query=" + encoded)
                    .path("data")
                    .path("result")
                    .isEmpty();
        } catch (UserError e) {
            return false;
        }
    }
}
