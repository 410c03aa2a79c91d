package io.tocsin.benchmarks.chaos;

import io.tocsin.standalone.heal.HealChaos;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin chaos}: what breaks at random, and what must hold all the same. */
@Command(
        name = "tocsin chaos",
        description = "Breaks parts at random and counts what was lost or said twice.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EngineChaosCommand.class, HealthyChaosCommand.class, IngestChaosCommand.class, HealChaos.class})
public final class ChaosCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to break");
    }

    /** Runs one command and ends the process with its exit code: 0 when everything held. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosCommand()).execute(args));
    }
}
