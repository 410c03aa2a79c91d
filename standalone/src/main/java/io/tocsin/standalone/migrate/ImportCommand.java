package io.tocsin.standalone.migrate;

import io.tocsin.notifier.NotifierConfigurationCheck;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin import}: from Prometheus and Alertmanager. Exits with 1 when something needs a person. */
@Command(
        name = "import",
        description = {
            "Carries rules, routes and scrapes of a Prometheus and an Alertmanager over into a configuration directory.",
            "Files that exist are left alone. Nothing of the old ones is changed."
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(names = "--prometheus", description = "Its prometheus.yml.")
    private @Nullable Path prometheus;

    @Option(names = "--alertmanager", description = "Its alertmanager.yml.")
    private @Nullable Path alertmanager;

    @Option(names = "--config", description = "Directory to write (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Option(names = "--otlp", description = "Where scraped metrics are to be sent (default: ${DEFAULT-VALUE}).")
    private String otlp = "http://127.0.0.1:4318";

    private int findings;

    @Override
    public Integer call() {
        if (prometheus == null && alertmanager == null) {
            throw new UserError("say --prometheus FILE, --alertmanager FILE, or both");
        }
        if (alertmanager != null) {
            routes(alertmanager);
        }
        if (prometheus != null) {
            PrometheusConfig old = PrometheusConfig.read(prometheus);
            rules(old);
            scrapes(old);
            old.leftBehind().forEach(key -> finding(prometheus + ": " + key + " does not come along"));
        }
        ConfigurationDirectory.write(Template.STARTER, config, Map.of()).stream()
                .filter(file -> !file.startsWith("rules/"))
                .forEach(file -> out().println("wrote " + config.resolve(file) + " (starter)"));
        out().println(findings == 0 ? "everything came along" : findings + " for you to look at, above");
        return findings == 0 ? 0 : 1;
    }

    private void routes(Path old) {
        copy(old, config.resolve("alertmanager.yml"));
        NotifierConfigurationCheck check = NotifierConfigurationCheck.of(List.of(old));
        check.checked().forEach(checked -> {
            checked.problems().forEach(problem -> finding(problem.toString()));
            checked.remarks().forEach(remark -> finding(old + ": " + remark));
        });
    }

    private void rules(PrometheusConfig old) {
        List<Path> files = old.ruleFiles();
        int taken = 0;
        for (Path file : files) {
            copy(file, config.resolve("rules").resolve(file.getFileName()));
            RuleFiles read = RuleFileParser.parse(List.of(file));
            read.errors().forEach(error -> finding(error.toString()));
            taken += read.ruleSet().ruleCount();
        }
        out().println(taken + " rules in " + files.size() + (files.size() == 1 ? " file" : " files"));
        if (!files.isEmpty() && !old.evaluationInterval().equals("15s")) {
            out().println("groups without an interval were evaluated every " + old.evaluationInterval()
                    + "; for the same here: engine.evaluation-interval: " + old.evaluationInterval()
                    + " in tocsin.yaml");
        }
    }

    private void scrapes(PrometheusConfig old) {
        if (old.scrapes() == 0) {
            return;
        }
        Path file = config.resolve("otel-collector.yaml");
        write(file, old.collector(otlp));
        out().println(old.scrapes() + " scrapes: run an OpenTelemetry Collector with " + file
                + ", or keep Prometheus and let it send: remote_write: [{url: " + otlp + "/api/v1/write}]");
    }

    private void copy(Path from, Path to) {
        try {
            write(to, Files.readString(from));
        } catch (IOException e) {
            throw new UserError("cannot read " + from + ": " + e.getMessage());
        }
    }

    private void write(Path file, String text) {
        if (Files.exists(file)) {
            finding(file + " exists and was left alone");
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        out().println("wrote " + file);
    }

    private void finding(String what) {
        findings++;
        out().println("! " + what);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
