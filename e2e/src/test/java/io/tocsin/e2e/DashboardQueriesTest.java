package io.tocsin.e2e;

import io.tocsin.dashboards.Dashboards;
import io.tocsin.e2e.TocsinProcess.Await;
import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.up.Ports;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every panel returns data of the demo shop. */
class DashboardQueriesTest {

    private static final Duration WITHIN = Duration.ofSeconds(90);

    @Test
    void everyPanelShowsSomething(@TempDir Path directory) throws Exception {
        Ports ports = Ports.free();
        try (TocsinProcess _ = TocsinProcess.up(directory.resolve("data"), ports, "--demo")) {
            for (Dashboards.Panel panel : Dashboards.panels()) {
                for (String expression : panel.expressions()) {
                    Await.until(
                            panel.dashboard() + ", " + panel.title() + ": " + expression,
                            WITHIN,
                            () -> returnsData(ports, Dashboards.forAllServices(expression)));
                }
            }
        }
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
