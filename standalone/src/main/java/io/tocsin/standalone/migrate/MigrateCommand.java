package io.tocsin.standalone.migrate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin migrate}. */
@Command(
        name = "migrate",
        description = "Helps to move from another system.",
        mixinStandardHelpOptions = true,
        subcommands = CompareCommand.class)
public final class MigrateCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
