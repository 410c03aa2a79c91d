package io.tocsin.standalone.cli;

import io.tocsin.dashboards.Dashboards;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin dashboards}. */
@Command(
        name = "dashboards",
        description = "Writes Grafana's provisioning of an instance: data sources and dashboards.",
        mixinStandardHelpOptions = true)
final class DashboardsCommand implements Callable<Integer> {

    private static final List<String> PROVISIONING =
            List.of("provisioning/datasources/tocsin.yaml", "provisioning/dashboards/tocsin.yaml");

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Option(names = "--out", description = "Directory to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("grafana");

    @Override
    public Integer call() {
        Ports ports = instance.ports();
        Path directory = out.toAbsolutePath().normalize();
        Map<String, String> values = Map.of(
                "TOCSIN_QUERY_URL", "http://127.0.0.1:" + ports.query(),
                "TOCSIN_ALERTMANAGER_URL", "http://127.0.0.1:" + ports.alertmanager(),
                "TOCSIN_POSTGRES_ADDRESS", "127.0.0.1:" + ports.postgres(),
                "TOCSIN_READER_PASSWORD", "\"\"",
                "TOCSIN_DASHBOARDS", directory.resolve("dashboards").toString());
        try {
            for (String file : PROVISIONING) {
                String text = read("/grafana/" + file);
                for (Map.Entry<String, String> value : values.entrySet()) {
                    text = text.replace("${" + value.getKey() + "}", value.getValue());
                }
                write(directory.resolve(file), text);
            }
            for (Map.Entry<String, String> file : Dashboards.files().entrySet()) {
                write(directory.resolve("dashboards").resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory, e);
        }
        System.out.println("wrote " + Dashboards.files().size() + " dashboards and 3 data sources to " + directory);
        System.out.println("start Grafana with GF_PATHS_PROVISIONING=" + directory.resolve("provisioning"));
        return 0;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = Dashboards.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
