package io.tocsin.benchmarks;

import io.tocsin.benchmarks.converge.InterleavingsCommand;
import io.tocsin.benchmarks.converge.StormCommand;
import io.tocsin.benchmarks.detect.CalmCommand;
import io.tocsin.benchmarks.detect.DetectCommand;
import io.tocsin.benchmarks.engine.BacktestBenchCommand;
import io.tocsin.benchmarks.engine.EngineCommand;
import io.tocsin.benchmarks.engine.RestartCommand;
import io.tocsin.benchmarks.ingest.IngestCommand;
import io.tocsin.benchmarks.latency.LatencyCommand;
import io.tocsin.benchmarks.overload.OverloadCommand;
import io.tocsin.benchmarks.promql.FuzzCommand;
import io.tocsin.benchmarks.promql.QueriesCommand;
import io.tocsin.benchmarks.rootcause.RootCauseCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin bench}: what is measured, each as one line of JSON. */
@Command(
        name = "tocsin bench",
        description = "Measures speed and memory; each prints one JSON line.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LatencyCommand.class,
            EngineCommand.class,
            BacktestBenchCommand.class,
            RestartCommand.class,
            IngestCommand.class,
            OverloadCommand.class,
            FuzzCommand.class,
            QueriesCommand.class,
            DetectCommand.class,
            CalmCommand.class,
            InterleavingsCommand.class,
            StormCommand.class,
            RootCauseCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to measure");
    }

    /** Runs one benchmark and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }
}
