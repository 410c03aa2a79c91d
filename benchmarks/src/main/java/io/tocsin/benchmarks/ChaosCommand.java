package io.tocsin.benchmarks;

import io.tocsin.benchmarks.chaos.IngestChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin chaos}: what is lost when processes die. */
@Command(
        name = "tocsin chaos",
        description = "Kills processes under load, and counts what was lost.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IngestChaosCommand.class})
public final class ChaosCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to break");
    }

    /** Runs one and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosCommand()).execute(args));
    }
}
