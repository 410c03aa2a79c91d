package io.tocsin.standalone.cli;

import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin init}. */
@Command(
        name = "init",
        description = "Writes a commented starter configuration; existing files are left alone.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    @Option(names = "--config", description = "Directory to write (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Override
    public Integer call() {
        List<String> written = ConfigurationDirectory.write(Template.STARTER, config, Map.of());
        written.forEach(file -> System.out.println("wrote " + config.resolve(file)));
        if (written.isEmpty()) {
            System.out.println(config + " has everything already");
        }
        return 0;
    }
}
