package io.tocsin.notifier;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.file.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration has problems, so that the notifier does not start. */
public final class ConfigurationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The configuration of a file.
     *
     * @throws ConfigurationRefused when it has any problem
     * @throws UncheckedIOException when it cannot be read
     */
    public static Routing load(Path file) {
        try {
            AlertmanagerFile.Result result = AlertmanagerFile.read(file, Files.readString(file));
            return result.routing().orElseThrow(() -> new ConfigurationRefused(result.problems()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the notifier's configuration " + file, e);
        }
    }
}
